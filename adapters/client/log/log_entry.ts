import type { JsonObject } from "../../../core/types/json.ts";

/** How much an entry matters. */
export const logLevels = ["info", "warn", "error"] as const;

/** A message of a client to the people that run it. */
export interface LogEntry {
  /** How much it matters: `"info"`, `"warn"` or `"error"`. */
  readonly level: typeof logLevels[number];
  /**
   * What it is, for programs: `"client.ready"`, `"client.stale"`, `"client.error"`, `"client.closed"`,
   * `"client.initializing"`, `"payload.loaded"`, `"source.failed"`, `"events.dropped"`,
   * `"delivery.parked"`, `"storage.degraded"` or `"error"`.
   */
  readonly code: string;
  /** The same for people. */
  readonly message: string;
  /** When it happened, in milliseconds since 1970. */
  readonly time: number;
  /** What else there is to know: numbers, codes and names, and nothing of a user. */
  readonly fields: JsonObject;
}
