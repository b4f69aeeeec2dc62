import { Subject } from "rxjs";
import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../core/events/types/tracking_event.ts";
import { backoffDelay } from "../support/backoff_delay.ts";
import { systemClock } from "../support/clock.ts";
import { createErrorReport } from "../support/create_error_report.ts";
import { createIds } from "../support/create_ids.ts";
import type { TimeoutOptions } from "../support/timeout_options.ts";
import { within } from "../support/within.ts";
import { createIntake } from "./create_intake.ts";
import { createLosses } from "./create_losses.ts";
import type { EventLog, EventLogCounts, EventLogOptions } from "./event_log.ts";
import { sizeOf } from "./size_of.ts";

/**
 * Makes a log on top of a store. Recording is synchronous and never waits; a writer appends what was
 * recorded, in order, one batch at a time. A batch that the store refuses is kept and tried again
 * with growing pauses, for as long as the log is open. When the intake is full, new events are
 * refused, so that what was taken stays and its order too. The store is not closed.
 */
export function createEventLog(options: EventLogOptions): EventLog {
  const {
    store,
    capacity = 10_000,
    maxCharacters: maxBytes = 2 ** 24,
    batchSize = 500,
    flushDelay = 0,
    clock = systemClock,
    random = Math.random,
    createId = createIds({ now: clock.now }),
    onDropped = () => {},
    opening,
    onError = () => {},
  } = options;
  const report = createErrorReport(onError);
  const accepted$ = new Subject<RecordedEvent>();
  const waiters = new Set<Waiter>();
  const losses = createLosses({ createId, clock });
  const intake = createIntake({ capacity, maxBytes });
  let isHeld = opening !== undefined;
  let recorded = 0;
  let accepted = 0;
  let dropped = 0;
  let failures = 0;
  let isAppending = false;
  let isScheduled = false;
  let isClosing = false;
  let isClosed = false;
  let cancelTimer = () => {};

  const counts = (): EventLogCounts => ({
    recorded,
    accepted,
    pending: intake.length(),
    dropped,
  });

  const refuse = (type: string, reason: DropReason): false => {
    recorded++;
    dropped++;
    losses.add(type, reason);
    schedule();
    return false;
  };
  const take = (event: NewEvent, size: number) => {
    intake.add(event, size);
    recorded++;
    // Half of the room is enough for what is held: the rest is for what comes before it is gone.
    if (isHeld && intake.isHalfFull()) queueMicrotask(release);
  };
  const record = (event: NewEvent): boolean => {
    if (isClosing) return refuse(event.type, "closed");
    const size = sizeOf(event);
    if (size === null) return refuse(event.type, "invalid");
    const reason = intake.refusal(size);
    if (reason !== null) return refuse(event.type, reason);
    take(event, size);
    schedule();
    return true;
  };
  // The log's own word of what was lost has a place even where the intake is full, once for each
  // reason, since the writer made room just now.
  const tellLost = () => {
    for (const event of losses.tell()) {
      const size = sizeOf(event);
      // Without an id that a store takes there is no telling, but by the counts.
      if (size !== null) take(event, size);
    }
  };

  const release = () => {
    if (opening === undefined || !isHeld || isClosed) return;
    isHeld = false;
    recorded -= intake.sift(opening.open());
    tellWaiters();
    schedule();
  };
  opening?.known.then(release, release);
  const tellWaiters = () => {
    for (const waiter of [...waiters]) {
      if (intake.isPast(waiter.target)) waiter.finish();
    }
  };

  const schedule = () => {
    if (isHeld || isAppending || isScheduled || isClosed) return;
    if (intake.length() === 0 && (!losses.isAny() || isClosing)) return;
    isScheduled = true;
    if (failures > 0) {
      setTimer(backoffDelay(failures, random));
    } else if (flushDelay > 0 && intake.length() < batchSize && !isHurried()) {
      setTimer(flushDelay);
    } else queueMicrotask(() => void append());
  };
  const setTimer = (delay: number) => {
    cancelTimer = clock.setTimer(() => void append(), delay);
  };
  const isHurried = () => isClosing || waiters.size > 0;
  const hurry = () => {
    if (isScheduled && failures === 0) {
      cancelTimer();
      isScheduled = false;
    }
    schedule();
  };

  const append = async () => {
    isScheduled = false;
    if (isAppending || isClosed) return;
    // Where nothing waits there is room; else the word of what was lost follows the next success, so
    // that a store which goes on failing is not owed ever more of them.
    if (intake.length() === 0 && !isClosing) tellLost();
    if (intake.length() === 0) return;
    isAppending = true;
    const batch = intake.first(batchSize);
    let stored: readonly RecordedEvent[] | null = null;
    try {
      stored = await store.append(batch);
      failures = 0;
    } catch (error) {
      failures++;
      report(error);
    }
    isAppending = false;
    if (isClosed) return;
    if (stored !== null) {
      intake.remove(batch.length);
      accepted += batch.length;
      if (!isClosing) tellLost();
      for (const event of stored) accepted$.next(event);
    }
    tellWaiters();
    schedule();
  };
  const attempt = (action: () => void) => {
    try {
      action();
    } catch {
      // Whoever is told must not keep the log from being closed.
    }
  };

  const flush = async ({ timeout }: TimeoutOptions = {}) => {
    if (intake.length() === 0 && !isClosing) tellLost();
    if (intake.length() > 0) {
      const target = intake.last();
      let waiter: Waiter | null = null;
      // What is held must not be why it can't be stored in time.
      const cancelRelease = isHeld && timeout !== undefined
        ? clock.setTimer(release, timeout / 2)
        : () => {};
      await within(
        new Promise<void>((resolve) => {
          waiters.add(waiter = { target, finish: resolve });
          hurry();
        }),
        timeout,
        clock,
      );
      waiters.delete(waiter!);
      cancelRelease();
    }
    return counts();
  };
  let closing: Promise<EventLogCounts> | null = null;
  const close = async (wait: TimeoutOptions = {}) => {
    tellLost();
    isClosing = true;
    await flush(wait);
    isClosed = true;
    cancelTimer();
    if (intake.length() > 0) {
      const events = intake.clear();
      dropped += events.length;
      attempt(() => onDropped(events, "closed"));
    }
    accepted$.complete();
    return counts();
  };
  return {
    record,
    counts,
    accepted$: accepted$.asObservable(),
    flush,
    close: (wait) => closing ??= close(wait),
  };
}

interface Waiter {
  readonly target: number;
  readonly finish: () => void;
}
