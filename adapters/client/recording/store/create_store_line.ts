import type { StoredEvent } from "../../../log/port/event_store.ts";
import type { PauseReason } from "../../../delivery/machine/delivery_state.ts";
import { valueText } from "../../../log/port/value_text.ts";
import { type ErasedUser, isAbout } from "../../../log/port/is_about.ts";
import type { ConsumerCounters } from "../consumers/client_consumer.ts";
import type { Entry } from "../entry.ts";
import type { StoredLineOptions } from "../line/create_stored_line.ts";
import type { Line } from "../line/line.ts";
import { createLaneKeeper } from "./create_lane_keeper.ts";
import { createStoreConsumer } from "./create_store_consumer.ts";

/** The way of what a client records into a store, and from there to its consumers. */
export interface StoreLine extends Line {
  /** Forgets what is in memory of a user, as if it had never been recorded. */
  readonly forget: (user: ErasedUser) => void;
  /** Why nothing is stored; null where it is. */
  readonly pausedBecause: () => PauseReason | null;
  /** What the store said last; null where nothing was wrong. */
  readonly lastError: () => string | null;
}

/** How many events are appended at once: a store on a disk writes fewer pages for larger batches. */
const batchSize = 1000;

/** What the line is made with. */
export interface StoreLineOptions extends StoredLineOptions {
  /** The subscription to the users that are erased, which ends with the line. */
  readonly erasing: { readonly unsubscribe: () => void } | undefined;
}

/** Makes the line. Its timers do not keep a process alive. */
export function createStoreLine(options: StoreLineOptions): StoreLine {
  const { store, waiting, tally, maker, clock, delayAfter } = options;
  const stored = tally.stored!;
  const { onError: report, within } = options;
  const stopping = new AbortController();
  let lastError: string | null = null;
  const tellFailure = (error: unknown) => {
    lastError = error instanceof Error ? error.message : String(error);
    report(error);
  };
  const consumers = options.consumers.map((consumer) =>
    createStoreConsumer(consumer, options, () => lanes.onSettled())
  );
  const lanes = createLaneKeeper({
    ...options,
    consumers,
    signal: stopping.signal,
    report: tellFailure,
  });
  let batch: readonly Entry[] = [];
  // The lane to which the batch may have been appended already.
  let tried: string | null = null;
  let writing: Promise<void> | null = null;
  let failures = 0;
  // Users that are erased while the batch is with the store, which may give it back.
  let erased: readonly ErasedUser[] = [];
  let isAppending = false;
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
    options.tell(entry);
    return true;
  };
  const append = async (
    entries: readonly Entry[],
    lane: string | null,
  ): Promise<void> => {
    const events = entries.map(maker.eventOf);
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
        for (const entry of entries) await append([entry], lane);
        return;
      }
      tellFailure(error);
      tally.drop([entries[0]!], "invalid");
      return;
    }
    const kept: { readonly entry: Entry; readonly event: StoredEvent }[] = [];
    for (const [index, entry] of entries.entries()) {
      const event = answers[index]!;
      if (settle(entry, event)) kept.push({ entry, event });
    }
    if (lane !== null) lanes.take(kept, lane);
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
        const lane = await lanes.open(tried);
        isAppending = true;
        tried = lane;
        if (batch.length > 0) await append(batch, lane);
        batch = [];
        tried = null;
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        tellFailure(error);
        isAppending = false;
        forgetErased();
        await rest(delayAfter(++failures));
      } finally {
        isAppending = false;
        erased = [];
      }
      tell();
    }
    // What no store has yet waits with the rest, and may be discarded with it.
    if (options.isPaused()) {
      waiting.putBack(batch);
      batch = [];
    }
  };
  const isEntryAbout = (entry: Entry, user: ErasedUser) =>
    isAbout(maker.eventOf(entry), user);
  const forgetErased = () => {
    const isGone = (entry: Entry) =>
      erased.some((user) => isEntryAbout(entry, user));
    const gone = batch.filter(isGone);
    if (gone.length === 0) return;
    batch = batch.filter((entry) => !isGone(entry));
    tally.forget(gone);
  };
  const forget = (user: ErasedUser) => {
    const { attribute, value } = user;
    const isGone = (entry: Entry) => isEntryAbout(entry, user);
    const all = waiting.take(Infinity);
    waiting.putBack(all.filter((entry) => !isGone(entry)));
    tally.forget(all.filter(isGone));
    tally.forgetUser(attribute, valueText(value));
    erased = [...erased, user];
    if (!isAppending) {
      forgetErased();
      erased = [];
    }
    for (const consumer of consumers) {
      consumer.forget(({ entry, event }) =>
        event !== null
          ? isAbout(event, user)
          : entry !== null && isEntryAbout(entry, user)
      );
    }
    tell();
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
    give: null,
    nudge,
    forget,
    pause: () => consumers.forEach(({ engine }) => engine.pause("consent")),
    resume: () => consumers.forEach(({ engine }) => engine.resume()),
    viewOf: ({ name }) => consumers.find((each) => each.name === name)!.engine,
    inHand: () => batch,
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
      for (const { engine } of consumers) engine.stop();
      return left;
    },
    close: () => {
      options.erasing?.unsubscribe();
      return Promise.all([
        lanes.close(),
        ...consumers.map(async ({ sink }) => await sink?.close?.()),
      ]);
    },
  };
}

function move(counts: ConsumerCounters, name: "repeated"): void {
  counts.recorded--;
  counts[name]++;
}
