import type { NewEvent } from "../../../../core/events/types/recorded_event.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import type { EventStore, StoredEvent } from "../../../log/port/event_store.ts";
import type { PauseReason } from "../../../delivery/machine/delivery_state.ts";
import { backoffDelay } from "../../../support/backoff_delay.ts";
import type { Clock } from "../../../support/clock.ts";
import { createErrorReport } from "../../../support/create_error_report.ts";
import { within } from "../../../support/within.ts";
import type {
  ClientConsumer,
  ConsumerCounters,
} from "../consumers/client_consumer.ts";
import type { WaitingList } from "../create_waiting_list.ts";
import type { Entry, EventMaker } from "../entry.ts";
import { createLaneKeeper } from "./create_lane_keeper.ts";

/** The way of what a client records into a store, and from there to its consumers. */
export interface StoreLine {
  /** Says that something waits. */
  readonly nudge: () => void;
  /** Is told that a consumer settled something. */
  readonly onSettled: () => void;
  /** The entries that the store is being given. */
  readonly inHand: () => readonly Entry[];
  /** When the oldest entry happened that the store does not have; null where it has all. */
  readonly oldest: () => number | null;
  /** Why nothing is stored; null where it is. */
  readonly pausedBecause: () => PauseReason | null;
  /** What the store said last; null where nothing was wrong. */
  readonly lastError: () => string | null;
  /**
   * Waits until the store has everything, and the consumers have settled it and the store knows that:
   * true where all that is so in time. Never rejects.
   */
  readonly flush: (deadline: () => number) => Promise<boolean>;
  /** Ends storing, and gives the entries that the store does not have. */
  readonly stop: () => readonly Entry[];
  /** Gives back the lanes. Never rejects. */
  readonly close: () => Promise<void>;
}

/** What a line with a store is made of. */
export interface StoreLineOptions {
  readonly store: EventStore;
  readonly consumers: readonly ClientConsumer[];
  /** What waits to be stored. */
  readonly waiting: WaitingList;
  /** The counts of the store. */
  readonly stored: ConsumerCounters;
  /** Whether nothing may be stored for now. */
  readonly isPaused: () => boolean;
  readonly exposureAge: number;
  /** The most items of a consumer that are kept in memory; more are read from the store. */
  readonly capacity: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Gives the event of an entry. */
  readonly eventOf: (entry: Entry) => NewEvent;
  /** Gives the digest of a payload; undefined without one. */
  readonly digest: EventMaker["digest"];
  /** Makes the id of an owner, which is that of its lane, too. */
  readonly createOwner: () => string;
  readonly onError: (error: unknown) => void;
  readonly payload: () => Payload | null;
  /** Is told of an entry that is in the store; not so of one that was repeated. */
  readonly onStored: (entry: Entry, event: NewEvent) => void;
  /** Is told of an entry that no store can keep. */
  readonly onInvalid: (entry: Entry) => void;
}

/** How many events are appended at once. */
const batchSize = 500;

/** Makes the line. Its timers do not keep a process alive. */
export function createStoreLine(options: StoreLineOptions): StoreLine {
  const { store, waiting, stored, consumers, clock, random } = options;
  const report = createErrorReport(options.onError);
  const stopping = new AbortController();
  let lastError: string | null = null;
  const tellFailure = (error: unknown) => {
    lastError = error instanceof Error ? error.message : String(error);
    report(error);
  };
  const lanes = createLaneKeeper({
    ...options,
    signal: stopping.signal,
    report: tellFailure,
  });
  let batch: readonly Entry[] = [];
  let writing: Promise<void> | null = null;
  let failures = 0;
  let hurry = () => {};
  const waiters = new Set<() => void>();
  const tell = () => {
    for (const each of [...waiters]) each();
  };

  const settle = (entry: Entry, event: StoredEvent): boolean => {
    const { isRepeated = false } = event as { readonly isRepeated?: boolean };
    if (isRepeated) {
      move(stored, "repeated");
      for (const consumer of consumers) {
        if (consumer.types.includes(entry.type)) {
          move(consumer.counts, "repeated");
        }
      }
      return false;
    }
    stored.delivered++;
    options.onStored(entry, entry.event!);
    return true;
  };
  const append = async (entries: readonly Entry[]): Promise<void> => {
    const events = entries.map(options.eventOf);
    const lane = await lanes.open();
    let answers: readonly StoredEvent[];
    try {
      answers = await store.append(events, {
        exposureAge: options.exposureAge,
        ...(lane === null ? {} : { lane }),
      });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // One of them is no event. Which one is found by giving them one by one.
      if (entries.length > 1) {
        for (const entry of entries) await append([entry]);
        return;
      }
      tellFailure(error);
      options.onInvalid(entries[0]!);
      return;
    }
    const kept = entries.flatMap((entry, index) =>
      settle(entry, answers[index]!) ? [{ entry, event: answers[index]! }] : []
    );
    lanes.take(kept);
  };
  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const finish = () => {
        cancel();
        hurry = () => {};
        resolve();
      };
      const cancel = clock.setTimer(finish, milliseconds, false);
      hurry = finish;
    });
  const write = async () => {
    // What is recorded in the same turn goes together.
    await Promise.resolve();
    while (!stopping.signal.aborted && !options.isPaused()) {
      if (batch.length === 0) batch = waiting.take(batchSize);
      if (batch.length === 0) return;
      try {
        await append(batch);
        batch = [];
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        tellFailure(error);
        await rest(backoffDelay(++failures, random));
      }
      tell();
    }
    // What no store has yet waits with the rest, and may be discarded with it.
    if (options.isPaused()) {
      waiting.putBack(batch);
      batch = [];
    }
  };
  const nudge = () => {
    writing ??= write().catch(report).finally(() => {
      writing = null;
      if (
        waiting.length() > 0 && !options.isPaused() && !stopping.signal.aborted
      ) nudge();
      tell();
    });
  };
  const isStored = () => waiting.length() === 0 && batch.length === 0;
  const untilStored = async (deadline: () => number) => {
    nudge();
    hurry();
    await within(
      new Promise<void>((resolve) => {
        const check = () => {
          if (!isStored() && !stopping.signal.aborted && !options.isPaused()) {
            return;
          }
          waiters.delete(check);
          resolve();
        };
        waiters.add(check);
        check();
      }),
      deadline(),
      clock,
    );
    return isStored();
  };

  lanes.start();
  return {
    nudge,
    onSettled: lanes.onSettled,
    inHand: () => batch,
    oldest: () => (batch[0] ?? waiting.all()[0])?.time ?? null,
    pausedBecause: () => failures > 0 ? "outage" : null,
    lastError: () => lastError,
    flush: async (deadline) => {
      const isWritten = await untilStored(deadline);
      return await lanes.flush(deadline) && isWritten;
    },
    stop: () => {
      stopping.abort();
      hurry();
      const left = batch;
      batch = [];
      return left;
    },
    close: lanes.close,
  };
}

function move(counts: ConsumerCounters, name: "repeated"): void {
  counts.recorded--;
  counts[name]++;
}
