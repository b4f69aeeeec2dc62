import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { backoffDelay } from "../../support/backoff_delay.ts";
import { systemClock } from "../../support/clock.ts";
import { createErrorReport } from "../../support/create_error_report.ts";
import { createIds } from "../../support/create_ids.ts";
import type { ConsumeOptions, Consumer } from "./consumer.ts";
import { createDelivery, type DeliveryOutcome } from "./create_delivery.ts";
import { createReachWaiters } from "./create_reach_waiters.ts";
import { createRest } from "./create_rest.ts";
import type { EventHandler } from "./event_handler.ts";
import type { EventStore } from "../../log/event_store.ts";
import { readLedger } from "./read_ledger.ts";
import { droppedFor, wantsType } from "../wants_type.ts";

export type {
  ConsumeOptions,
  Consumer,
  ConsumerCounts,
  ConsumerLedger,
} from "./consumer.ts";

/**
 * Reads a store on behalf of a consumer: each event at least once, in order, with the same id each
 * time. The consumer's checkpoint, which the store keeps under its name, moves only after its handler
 * has taken a batch, so a crash repeats at most the batch in flight. Of several readers of one name
 * only one gets on with a batch.
 *
 * What a handler can't take is tried again with growing pauses (full jitter, 0.5 s doubling to 30 s,
 * or as the error asks). After `maxAttempts`, or when the error says that it is of no use, the batch
 * is split until the events to blame are alone; those are parked, with a `delivery.parked` event.
 *
 * Throws a `TypeError` for a name that is no text, or an empty one, and a `RangeError` for a
 * `batchSize` or `maxAttempts` that is no whole number of 1 or more.
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
    clock = systemClock,
    random = Math.random,
    createId = createIds({ now: clock.now }),
    onError = () => {},
    maxAttempts = Infinity,
  } = options;
  checkName(name);
  checkCount("batchSize", batchSize);
  if (maxAttempts !== Infinity) checkCount("maxAttempts", maxAttempts);
  const stopping = new AbortController();
  const { signal } = stopping;
  const counts = { delivered: 0, parked: 0, dropped: 0, skipped: 0 };
  let pollInterval = options.pollInterval;
  // Where the reader is; null where only the store knows, and `known` is where it was last.
  let position: number | null = null;
  let known: number | null = null;
  let isPaused = false;
  let storeFailures = 0;
  const { rest, wake } = createRest(clock, signal);
  const report = createErrorReport(onError);
  const insist = async <Result>(
    action: () => Promise<Result>,
  ): Promise<Result | null> => {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        return await action();
      } catch (error) {
        report(error);
        await rest(backoffDelay(failures, random), false);
      }
    }
    return null;
  };
  const { flush, tell: tellWaiters } = createReachWaiters({
    store,
    clock,
    isAt: (last) => position !== null && position >= last,
    isStill: () => signal.aborted || isPaused,
    wake,
    report,
  });
  // What was read last; its events count as the checkpoint passes them.
  let batch: readonly RecordedEvent[] = [];
  const moveTo = async (next: number, outcome: DeliveryOutcome) => {
    const expected = position;
    if (expected === null) return false;
    // A commit that was said to fail may have been done.
    let isUnsure = false;
    const isThere = async () =>
      isUnsure && await store.checkpoint(name) === next;
    const moved = await insist(async () => {
      if (await isThere()) return true;
      isUnsure = true;
      return await store.commit(name, expected, next);
    }) ?? await isThere().catch(() => false);
    position = moved ? next : null;
    if (!moved) return false;
    known = next;
    for (const event of batch) {
      if (event.position <= expected || event.position > next) continue;
      counts[wantsType(types, event.type) ? outcome : "skipped"]++;
      counts.dropped += droppedFor(name, types, event);
    }
    return true;
  };
  const deliver = createDelivery({
    name,
    store,
    handler,
    maxAttempts,
    signal,
    clock,
    createId,
    report,
    insist,
    settle: (events, outcome) =>
      moveTo(events[events.length - 1]!.position, outcome),
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
      known = position;
      if (position === 0) await store.commit(name, 0, 0);
    }
    const seen = hint;
    const events = await store.read(position, batchSize);
    if (events.length === 0) {
      tellWaiters();
      if (hint === seen) await rest(pollInterval, true);
      return;
    }
    const wanted = events.filter(({ type }) => wantsType(types, type));
    batch = events;
    if (wanted.length > 0 && !await deliver(wanted)) return;
    const next = events[events.length - 1]!.position;
    if (position === next || await moveTo(next, "delivered")) tellWaiters();
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
    error: (error) => {
      pollInterval ??= 30_000;
      report(error);
      wake();
    },
  });
  const running = run();

  return {
    counts: () => ({ ...counts }),
    ledger: () =>
      readLedger({ store, name, types, counts, known: () => known }),
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
    flush,
    stop: () => {
      wakeups.unsubscribe();
      stopping.abort();
      tellWaiters();
      return running;
    },
  };
}

function checkName(name: unknown): void {
  if (typeof name === "string" && name !== "") return;
  throw new TypeError(
    `Cannot consume a store: the current name is ${
      name === "" ? "empty" : `of type ${typeof name}`
    }`,
  );
}

function checkCount(option: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new RangeError(
    `Cannot consume a store: the current value of ${option} is ${count}`,
  );
}
