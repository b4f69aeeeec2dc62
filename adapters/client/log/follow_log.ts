import type { JsonObject } from "../../../core/types/json.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { Client, ClientEvent } from "../client.ts";
import type { ClientStatus } from "../client_status.ts";
import type { LogEntry } from "./log_entry.ts";

/** What is followed of a client, whatever its features. */
export type FollowedClient = Pick<Client, "status$" | "events$">;

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
  client.events$.subscribe((event) => tell(describeEvent(event)));
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
    case "storage.degraded":
      return tell("error", "The store does without what failed", data);
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
