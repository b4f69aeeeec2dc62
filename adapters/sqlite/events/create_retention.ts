import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import type { Clock } from "../../support/clock.ts";
import type { Connection } from "../file/connection.ts";
import { measureEvents } from "./measure_events.ts";
import { retentionEnd } from "./retention_end.ts";
import type { SqliteRetention } from "../sqlite_options.ts";

/** Removes the events up to a position, some of them at a time. */
export type Prune = (
  connection: Connection,
  through: number,
  reason: DropReason,
) => unknown;

/**
 * Creates what keeps a log within its bounds: called after each append, it looks at them now and
 * then, and removes a chunk of the oldest events where there are too many.
 */
export function createRetention(
  retention: SqliteRetention,
  { now }: Pick<Clock, "now">,
): (connection: Connection, added: number, prune: Prune) => void {
  const { capacity = Infinity, maxAge = Infinity } = retention;
  const isBounded = Object.values(retention).some((bound) =>
    bound !== undefined
  );
  const step = Math.max(1, Math.min(1000, capacity / 10));
  const period = Math.min(60_000, maxAge / 10);
  let added = step;
  let lookedAt = 0;
  const measured = measureEvents();
  return (connection, count, prune) => {
    if (!isBounded) return;
    added += count;
    const time = now();
    if (added < step && time - lookedAt < period) return;
    added = 0;
    lookedAt = time;
    try {
      const excess = retentionEnd(connection, retention, {
        now: time,
        measured,
      });
      if (excess !== null) prune(connection, excess.through, excess.reason);
      // What was there before is measured bit by bit, and until then nobody knows whether it is too much.
      if (measured.isPartial()) added = step;
    } catch {
      // What was appended is there, and must not look as if it failed. The next look tries again.
      added = step;
    }
  };
}
