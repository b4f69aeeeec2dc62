import type { PayloadIssue } from "../../core/types/payload_issue.ts";

/**
 * The states of a client.
 *
 * - `initializing`: it waits for its first payload or for sticky buckets, and reads give their fallbacks
 * - `ready`: what it has is current
 * - `stale`: it serves the last good payload, which may not be current
 * - `error`: it has no payload, and its source failed
 * - `closed`: it was closed; reads go on with what it had, and record nothing
 */
export const clientStates = [
  "initializing",
  "ready",
  "stale",
  "error",
  "closed",
] as const;

/** The state of a client, and the reason. */
export interface ClientStatus {
  /** The state; see {@linkcode clientStates}. */
  readonly status: typeof clientStates[number];
  /**
   * The reason, as a code: `"loading"`, `"sticky-buckets"`, `"initial-payload"`, `"remote-evaluation"`,
   * `"cached"`, `"ok"`, `"sticky-buckets-failed"`, `"closed"`, or the code of a source's failure.
   */
  readonly code: string;
  /** The reason, in words. */
  readonly reason: string;
  /** When the source tries again, in milliseconds after it failed; null where it doesn't have to. */
  readonly retryIn: number | null;
  /**
   * What is wrong with the payload that serves: what could not be read, and what the option
   * `inspect` found. Absent where nothing is.
   */
  readonly issues?: readonly PayloadIssue[];
}
