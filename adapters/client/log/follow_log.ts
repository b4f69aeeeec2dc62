import type { JsonObject } from "../../../core/types/json.ts";
import type { Observable } from "../../support/observable.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { Client, ClientEvent } from "../client.ts";
import type { ClientStatus } from "../client_status.ts";
import type { LogEntry } from "./log_entry.ts";

/** What is followed of a client, whatever its features. */
export type FollowedClient = Pick<Client, "status$" | "events$">;

/** How a store fares that says so: one that does without its disk, or one in Redis. */
interface StoreStatus {
  readonly state: string;
  readonly code?: string | null;
  readonly message?: string | null;
  readonly since?: number;
}

type Told = Omit<LogEntry, "time">;

const levels: {
  readonly [State in ClientStatus["status"]]: LogEntry["level"];
} = {
  initializing: "info",
  ready: "info",
  stale: "warn",
  error: "error",
  closed: "info",
};

/**
 * Writes what happens to a client, from now on; gives what writes an error. A `log` that throws, or
 * rejects, has no other effect: `onError` is called, once.
 */
export function followLog(
  client: FollowedClient,
  log: (entry: LogEntry) => unknown,
  onError: (error: unknown) => void,
  clock: Pick<Clock, "now">,
  store: object = {},
): (error: unknown) => void {
  let hasFailed = false;
  const write = async (entry: LogEntry) => {
    try {
      await log(entry);
    } catch (error) {
      if (!hasFailed) onError(error);
      hasFailed = true;
    }
  };
  const tell = (told: Told | null) => {
    if (told !== null) void write({ ...told, time: clock.now() });
  };
  client.status$.subscribe((status) => tell(describeStatus(status)));
  // A store that says how it fares may outlive the client.
  const { status$ } = store as { readonly status$?: Observable<StoreStatus> };
  let since: number | undefined;
  const storage = status$?.subscribe({
    next: (status) => {
      const isNew = status.since !== since;
      since = status.since;
      if (isNew) tell(describeStorage(status));
    },
    error: (error) => tell(describeError(error)),
  });
  client.events$.subscribe({
    next: (event) => tell(describeEvent(event)),
    complete: () => storage?.unsubscribe(),
  });
  return (error) => tell(describeError(error));
}

function describeStatus(
  { status, code, reason, retryIn, issues = [] }: ClientStatus,
): Told {
  return {
    level: levels[status],
    code: `client.${status}`,
    message: reason,
    fields: { code, retryIn, issues: issues.length },
  };
}

function describeStorage(
  { state, code, message, since }: StoreStatus,
): Told | null {
  if (state !== "degraded" && state !== "failing") return null;
  return {
    level: "error",
    code: "storage.degraded",
    message: `The store can't be used: ${message}`,
    fields: { code: code ?? null, since: since ?? null },
  };
}

function describeEvent(event: ClientEvent): Told | null {
  const { type, data } = event as {
    readonly type: ClientEvent["type"];
    readonly data: JsonObject;
  };
  const tell = (
    level: LogEntry["level"],
    message: string,
    fields: JsonObject,
  ): Told => ({ level, code: type, message, fields });
  const count = (list: unknown) => Array.isArray(list) ? list.length : 0;
  switch (type) {
    case "payload.loaded":
      return tell("info", "A payload came that differs from the one before", {
        digest: data["digest"] ?? null,
        dateUpdated: data["dateUpdated"] ?? null,
        changed: count(data["changed"]),
        issues: count(data["issues"]),
      });
    case "source.failed":
      return tell("warn", String(data["message"]), {
        code: data["code"] ?? null,
        issues: count(data["issues"]),
      });
    case "events.dropped":
      return tell("error", "Events were given up", data);
    case "delivery.parked":
      return tell("error", "A consumer could not take an event", data);
    default:
      return null;
  }
}

// The stack would tell of the application's files, and a cause of whatever is in it.
function describeError(error: unknown): Told {
  const read = (name: string) => {
    try {
      const { [name]: value } = Object(error);
      return typeof error === "object" && typeof value === "string"
        ? value
        : null;
    } catch {
      return null;
    }
  };
  return {
    level: "error",
    code: "error",
    message: read("message") ?? `Something of type ${typeof error} was thrown`,
    fields: { name: read("name") },
  };
}
