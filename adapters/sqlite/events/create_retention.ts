import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { type Clock, monotonicTime } from "../../support/time/clock.ts";
import type { Connection } from "../file/connection.ts";
import { giveBackPages } from "../file/give_back_pages.ts";
import { createEventAges } from "./event_ages.ts";
import { retentionEnd } from "./retention_end.ts";
import type { SqliteRetention } from "../sqlite_options.ts";

/** Removes the events up to a position, some of them at a time, and tells whether that was all. */
export type Prune = (
  connection: Connection,
  through: number,
  reason: DropReason,
) => { readonly removed: number; readonly done: boolean };

/** Is told of each append, and keeps the log within its bounds. */
export type Retain = (
  connection: Connection,
  appended: readonly RecordedEvent[],
) => void;

/**
 * Creates what keeps a log within its bounds: called after each append, it looks at them now and
 * then, and removes the oldest events where there are too many: as many as were added, and a chunk more.
 */
export function createRetention(
  retention: SqliteRetention,
  clock: Clock,
  prune: Prune,
): Retain {
  const { capacity = Infinity, maxAge = Infinity } = retention;
  const isBounded = Object.values(retention).some((bound) =>
    bound !== undefined
  );
  const step = Math.max(1, Math.min(1000, capacity / 10));
  const period = Math.min(60_000, maxAge / 10);
  let added = step;
  let lookedAt = 0;
  const passed = monotonicTime(clock);
  const ages = retention.maxAge === undefined
    ? null
    : createEventAges(retention.maxAge, clock);

  function look(connection: Connection, count: number): void {
    try {
      const excess = retentionEnd(connection, retention, ages);
      for (let left = count; excess !== null;) {
        const { through, reason } = excess;
        const { removed, done } = prune(connection, through, reason);
        if (done) break;
        left -= removed;
        // What is left is for the next append: one alone must not wait for all that was there before it.
        if (left <= 0) {
          added = step;
          break;
        }
      }
      giveBackPages(connection, 0.25);
    } catch {
      // What was appended is there, and must not look as if it failed. The next look tries again.
      added = step;
    }
  }

  return (connection, appended) => {
    if (!isBounded || appended.length === 0) return;
    added += appended.length;
    const time = passed();
    if (added >= step || time - lookedAt >= period) {
      const count = added;
      added = 0;
      lookedAt = time;
      look(connection, count);
    }
    const newest = (last: number, { position }: RecordedEvent) =>
      Math.max(last, position);
    ages?.note(appended.reduce(newest, 0));
  };
}
