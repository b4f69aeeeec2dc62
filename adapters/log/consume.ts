import { backoffDelay } from "../support/backoff_delay.ts";
import { type Clock, systemClock } from "../support/clock.ts";
import { createIds } from "../support/create_ids.ts";
import type { TimeoutOptions } from "../support/timeout_options.ts";
import { within } from "../support/within.ts";
import { createDelivery } from "./create_delivery.ts";
import type { EventHandler } from "./event_handler.ts";
import type { EventStore } from "./event_store.ts";

/** How a consumer goes about it. */
export interface ConsumeOptions {
  /** The types of the events that it wants; all without it. */
  readonly types?: readonly string[];
  /** The most events that the handler gets at once; default 100. */
  readonly batchSize?: number;
  /** How often events are tried before they are split and parked; default without end. */
  readonly maxAttempts?: number;
  /** How often the store is looked at without a wakeup, in milliseconds; default never. */
  readonly pollInterval?: number;
  /** Tells the time and sets timers; default the clock of the runtime. */
  readonly clock?: Clock;
  /** A random number from 0 up to 1, for the pauses between attempts; default `Math.random`. */
  readonly random?: () => number;
  /** Makes the ids of `delivery.parked` events; default UUIDs of version 7. */
  readonly createId?: () => string;
  /** Is told of what the handler threw, and of what the store rejected with. */
  readonly onError?: (error: unknown) => void;
}

/** How many events a consumer has dealt with since it started. */
export interface ConsumerCounts {
  /** The events that the handler took. */
  readonly delivered: number;
  /** Those that it refused for good. */
  readonly parked: number;
  /** Those that it did not want. */
  readonly skipped: number;
}

/** A reader of a store, by name. */
export interface Consumer {
  /** How many events it has dealt with. */
  readonly counts: () => ConsumerCounts;
  /** Whether it is paused, by the application or by what its handler threw. */
  readonly isPaused: () => boolean;
  /** Delivers nothing more until it is resumed. */
  readonly pause: () => void;
  /** Goes on, at once. */
  readonly resume: () => void;
  /**
   * Waits until all events that are in the store now are dealt with: true where they are, false
   * where that takes longer than the timeout, or the consumer is stopped or paused. Never rejects.
   */
  readonly flush: (options?: TimeoutOptions) => Promise<boolean>;
  /** Ends it, and waits for nothing but the store: a handler at work is told by its signal. */
  readonly stop: () => Promise<void>;
}

/**
 * Reads a store on behalf of a consumer: each event at least once, in order, with the same id each
 * time. The consumer's checkpoint, which the store keeps under its name, moves only after its handler
 * has taken a batch, so a crash repeats at most the batch in flight. Of several readers of one name
 * only one gets on with a batch.
 *
 * What a handler can't take is tried again with growing pauses (full jitter, 0.5 s doubling to 30 s,
 * or as the error asks). After `maxAttempts`, or when the error says that it is of no use, the batch
 * is split until the events to blame are alone; those are parked, with a `delivery.parked` event.
 */
export function consume(
  store: EventStore,
  name: string,
  handler: EventHandler,
  options: ConsumeOptions = {},
): Consumer {
  const {
    types,
    batchSize = 100,
    pollInterval,
    clock = systemClock,
    random = Math.random,
    createId = createIds({ now: clock.now }),
    onError = () => {},
    maxAttempts = Infinity,
  } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let position: number | null = null;
  let skipped = 0;
  let isPaused = false;
  let storeFailures = 0;
  let wake = () => {};
  const waiters = new Set<() => void>();

  /** Waits for a wakeup, or a time to pass; without a time, for a wakeup alone. */
  const rest = (milliseconds: number | undefined, wakes: boolean) =>
    new Promise<void>((resolve) => {
      let cancel = () => {};
      const finish = () => {
        cancel();
        signal.removeEventListener("abort", finish);
        wake = () => {};
        resolve();
      };
      if (signal.aborted) return finish();
      if (milliseconds !== undefined) {
        cancel = clock.setTimer(finish, milliseconds);
      }
      signal.addEventListener("abort", finish);
      if (wakes) wake = finish;
    });
  const report = (error: unknown) => {
    try {
      onError(error);
    } catch {
      // It was told of an error, and there is nobody to tell of this one.
    }
  };
  const delivery = createDelivery({
    name,
    store,
    handler,
    maxAttempts,
    signal,
    clock,
    createId,
    report,
    rest: (failures, retryAfter) =>
      rest(retryAfter ?? backoffDelay(failures, random), false),
    pause: () => {
      isPaused = true;
      tellWaiters();
    },
    awaitResume: () => isPaused ? rest(undefined, true) : Promise.resolve(),
    isPaused: () => isPaused,
  });

  let hint = 0;
  const step = async () => {
    if (position === null) {
      position = await store.checkpoint(name);
      if (position === 0) await store.commit(name, 0, 0);
    }
    const seen = hint;
    const events = await store.read(position, batchSize);
    if (events.length === 0) {
      tellWaiters();
      if (hint === seen) await rest(pollInterval, true);
      return;
    }
    const wanted = types === undefined
      ? events
      : events.filter(({ type }) => types.includes(type));
    if (wanted.length > 0 && !await delivery.deliver(wanted)) return;
    const next = events[events.length - 1]!.position;
    const moved = await store.commit(name, position, next);
    position = moved ? next : null;
    skipped += events.length - wanted.length;
    tellWaiters();
  };
  const tellWaiters = () => {
    for (const check of [...waiters]) check();
  };
  const run = async () => {
    while (!signal.aborted) {
      if (isPaused) {
        await rest(undefined, true);
        continue;
      }
      try {
        await step();
        storeFailures = 0;
      } catch (error) {
        if (signal.aborted) return;
        report(error);
        position = null;
        storeFailures++;
        await rest(backoffDelay(storeFailures, random), false);
      }
    }
  };
  const wakeups = store.wakeups.subscribe({
    next: () => {
      hint++;
      if (!isPaused) wake();
    },
    error: report,
  });
  const running = run();

  const reach = async (): Promise<boolean> => {
    const { last } = await store.positions();
    return await new Promise<boolean>((resolve) => {
      const finish = (isDone: boolean) => {
        waiters.delete(check);
        resolve(isDone);
      };
      const check = () => {
        if (position !== null && position >= last) finish(true);
        else if (signal.aborted || isPaused) finish(false);
      };
      waiters.add(check);
      check();
      wake();
    });
  };
  return {
    counts: () => ({ ...delivery.counts(), skipped }),
    isPaused: () => isPaused,
    pause: () => {
      isPaused = true;
      tellWaiters();
    },
    resume: () => {
      if (!isPaused) return;
      isPaused = false;
      wake();
    },
    flush: async ({ timeout } = {}) => {
      let isReached = false;
      try {
        await within(
          reach().then((is) => {
            isReached = is;
          }),
          timeout,
          clock,
        );
      } catch (error) {
        report(error);
      }
      return isReached;
    },
    stop: () => {
      wakeups.unsubscribe();
      stopping.abort();
      tellWaiters();
      return running;
    },
  };
}
