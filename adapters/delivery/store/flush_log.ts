import type { EventStore } from "../../log/port/event_store.ts";
import { within } from "../../support/time/within.ts";
import type { Engine } from "../engine/engine.ts";
import type { ClaimedLog } from "./claimed_log.ts";
import { endPauses, type InsistOptions } from "./insist.ts";
import type { StorePoll } from "./poll_store.ts";
import type { StoreItem } from "./store_item.ts";

/** What waiting for a log to be delivered needs. */
export interface FlushLogOptions
  extends Pick<InsistOptions, "clock" | "signal" | "report" | "pauses"> {
  readonly store: EventStore;
  readonly log: ClaimedLog;
  readonly engine: Engine<StoreItem>;
  /** What looks at the store. */
  readonly poll: Pick<StorePoll, "nudge" | "looked">;
  /** The functions to call each time that something may have changed. */
  readonly changed: Set<() => void>;
}

/**
 * Tries what waits once at once, and waits until all events that are in the store now are settled, and
 * those that `redeliver` was called for: true where they are within the time in milliseconds, false
 * where they are not, the consumer is paused, or it is stopped. Never rejects.
 */
export async function flushLog(
  options: FlushLogOptions,
  timeout: number,
): Promise<boolean> {
  let isDone = false;
  const waiting = untilThrough(options, timeout).then((value) => {
    isDone = value;
  });
  try {
    await within(waiting, timeout, options.clock);
  } catch (error) {
    options.report(error);
  }
  return isDone;
}

async function untilThrough(
  options: FlushLogOptions,
  timeout: number,
): Promise<boolean> {
  const { store, log, engine, signal, poll, changed } = options;
  const { last } = await store.positions();
  // The store has answered, so that what waits for it need not wait any longer.
  endPauses(options);
  // A look that was under way may have missed what is parked and due.
  const look = poll.nudge();
  const isThrough = () =>
    poll.looked() >= look && (log.readTo() ?? -1) >= last &&
    log.left() + engine.pending() === 0;
  void engine.flush({ timeout });
  while (!isThrough() && !signal.aborted) {
    const reason = engine.pausedBecause();
    if (reason !== null && reason !== "outage") return false;
    await nextOf(changed);
    // What was read since then is not gathered either.
    if (engine.pending() > 0) void engine.flush({ timeout });
  }
  await log.committed();
  return isThrough();
}

function nextOf(changed: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      changed.delete(done);
      resolve();
    };
    changed.add(done);
  });
}
