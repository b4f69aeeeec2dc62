import type { PauseReason } from "../../../delivery/machine/delivery_state.ts";
import { pause } from "../../../delivery/store/insist.ts";
import { checkEvent } from "../../../log/check_event.ts";
import type { ErasedUser } from "../../../log/port/is_about.ts";
import type { Entry } from "../entry.ts";
import type { StoredLineOptions } from "../line/line.ts";
import { appendEntries, type AppendOptions } from "./append_entries.ts";
import {
  emptyBatch,
  eraseFromBatch,
  type IsEntryAbout,
  sendBatch,
  siftBatch,
  type SiftedBatch,
  takeBackBatch,
} from "./batch.ts";
import type { LaneKeeper } from "./lanes/create_lane_keeper.ts";

/** What takes the entries that wait, and writes them to the store. */
export interface Writer {
  /** Says that something waits. */
  readonly nudge: () => void;
  /** Waits until everything is written, and tells whether it is in time. */
  readonly flush: (deadline: () => number) => Promise<boolean>;
  /** Forgets what waits, or is being written, of a user. */
  readonly forget: (user: ErasedUser) => void;
  /** The entries that do not wait any more and are not written yet. */
  readonly inHand: () => readonly Entry[];
  /** Why nothing is written: the last attempt failed; null where it did not. */
  readonly pausedBecause: () => PauseReason | null;
  /** Is told that its signal has ended it, and gives the entries that it has. */
  readonly stop: () => readonly Entry[];
}

/** What writing needs. */
export interface WriterOptions extends
  AppendOptions,
  Pick<
    StoredLineOptions,
    "waiting" | "isPaused" | "clock" | "delayAfter" | "onError" | "within"
  > {
  readonly lanes: Pick<LaneKeeper, "open" | "take">;
  readonly isAbout: IsEntryAbout;
  /** Is told of what the store rejects with. Does not throw. */
  readonly report: (error: unknown) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** How many events are appended at once: a store on a disk writes fewer pages for larger batches. */
const batchSize = 1000;

/** Makes the writer. Its timers do not keep a process alive. */
export function createWriter(options: WriterOptions): Writer {
  const { waiting, tally, lanes, maker, isAbout, clock, signal } = options;
  let batch = emptyBatch;
  let writing: Promise<void> | null = null;
  let failures = 0;
  let resting = new AbortController();
  let waiters: (() => void)[] = [];

  const isWritten = () => waiting.length() === 0 && batch.entries.length === 0;
  const isDone = () => signal.aborted || options.isPaused() || isWritten();
  const tell = () => {
    if (!isDone()) return;
    for (const resolve of waiters) resolve();
    waiters = [];
  };
  // Gives what is taken out of the batch.
  const take = ({ batch: left, gone }: SiftedBatch) => {
    batch = left;
    return gone;
  };
  const isRefused = (entry: Entry) => !isEvent(maker, entry);
  const write = async () => {
    // What is recorded in the same turn goes together.
    await Promise.resolve();
    while (!isDone()) {
      if (batch.entries.length === 0) {
        batch = { ...batch, entries: waiting.take(batchSize) };
      }
      try {
        const lane = await lanes.open(batch.tried);
        // Its users may have been erased meanwhile.
        batch = sendBatch(batch, lane);
        const { entries } = batch;
        const settle = await appendEntries(entries, lane, options);
        // What has no answer by the end is counted as dropped already.
        if (signal.aborted) return;
        batch = emptyBatch;
        failures = 0;
        settle();
      } catch (error) {
        if (signal.aborted) return;
        options.report(error);
        // What is no event is known without the store: it rejects with a `TypeError` then, but that is also
        // what a network fails with.
        const refused = take(siftBatch(batch, isRefused));
        tally.drop(refused, "invalid");
        tally.forget(take(takeBackBatch(batch, isAbout)));
        if (refused.length > 0) continue;
        resting = new AbortController();
        const rest = { clock, signal: resting.signal };
        await pause(options.delayAfter(++failures), rest);
      }
      tell();
    }
    // What no store was given waits with the rest, and may be discarded with it. Of what failed nobody
    // knows whether the store has it: given up, it could be in the log, and hide its like from then on.
    if (options.isPaused() && batch.tried === null) {
      waiting.putBack(batch.entries);
      batch = emptyBatch;
    }
  };
  const nudge = () => {
    writing ??= write().then(() => true, (error) => {
      options.onError(error);
      return false;
    }).then((isFine) => {
      writing = null;
      if (isFine && !isDone()) nudge();
      tell();
    });
  };
  return {
    nudge,
    flush: async (deadline) => {
      nudge();
      resting.abort();
      const done = new Promise<void>((resolve) => {
        waiters.push(resolve);
      });
      tell();
      await options.within(done, deadline(), clock);
      return isWritten();
    },
    forget: (user) => {
      const all = { ...emptyBatch, entries: waiting.take(Infinity) };
      const { batch: left, gone } = eraseFromBatch(all, user, isAbout);
      waiting.putBack(left.entries);
      tally.forget(gone);
      tally.forget(take(eraseFromBatch(batch, user, isAbout)));
      tell();
    },
    inHand: () => batch.entries,
    pausedBecause: () => failures > 0 ? "outage" : null,
    stop: () => {
      resting.abort();
      const left = batch.entries;
      batch = emptyBatch;
      return left;
    },
  };
}

function isEvent({ eventOf }: WriterOptions["maker"], entry: Entry): boolean {
  try {
    checkEvent(eventOf(entry), 0);
    return true;
  } catch {
    return false;
  }
}
