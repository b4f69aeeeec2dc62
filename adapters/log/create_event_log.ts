import { type Observable, Subject } from "rxjs";
import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/recorded_event.ts";
import type { DropReason } from "../../core/events/tracking_event.ts";
import { backoffDelay } from "../support/backoff_delay.ts";
import { type Clock, systemClock } from "../support/clock.ts";
import { createIds } from "../support/create_ids.ts";
import type { TimeoutOptions } from "../support/timeout_options.ts";
import { within } from "../support/within.ts";
import { createDropTally } from "./create_drop_tally.ts";
import type { EventStore } from "./event_store.ts";

/** What a log of events is made with. */
export interface EventLogOptions {
  /** Where events are kept. */
  readonly store: EventStore;
  /** The most events that wait for the store; default 10,000. */
  readonly capacity?: number;
  /** The most characters that the JSON of the waiting events has; default 16,777,216. */
  readonly maxBytes?: number;
  /** The most events that are handed to the store at once; default 500. */
  readonly batchSize?: number;
  /** How long events are gathered, in milliseconds; default 0: until the next microtask. */
  readonly flushDelay?: number;
  /** Tells the time and sets timers; default the clock of the runtime. */
  readonly clock?: Clock;
  /** A random number from 0 up to 1, for the pauses between attempts; default `Math.random`. */
  readonly random?: () => number;
  /** Makes the ids of the log's own events; default UUIDs of version 7. */
  readonly createId?: () => string;
  /** Is told of events that were taken and then given up, so that they can be recorded again. */
  readonly onDropped?: (
    events: readonly NewEvent[],
    reason: DropReason,
  ) => void;
  /** What to wait for before the first event goes to the store; nothing by default. */
  readonly opening?: LogOpening;
  /** Is told when the store fails. The events are kept and tried again. */
  readonly onError?: (error: unknown) => void;
}

/**
 * What is still to be found out when events are recorded already. They wait in the intake until it is
 * known, or the intake is half full, or half the time has passed that closing may take.
 */
export interface LogOpening {
  /** Is fulfilled once it is known. */
  readonly known: Promise<unknown>;
  /**
   * Is called once, when the wait is over. What it gives is asked, in order, whether to keep each of
   * the events that wait; one that is not kept was there before, and counts as never recorded.
   */
  readonly open: () => (event: NewEvent) => boolean;
}

/** How many events went where. `recorded = accepted + pending + dropped`, always. */
export interface EventLogCounts {
  /** The events that the log was given. */
  readonly recorded: number;
  /** Those that the store has taken. */
  readonly accepted: number;
  /** Those that wait for the store. */
  readonly pending: number;
  /** Those that were given up. */
  readonly dropped: number;
}

/** A log to record events in: a bounded intake that never waits, and a writer behind it. */
export interface EventLog {
  /**
   * Takes an event, at once. False where it can't: the intake is full, the event is not JSON or the
   * log is closed. What can't be taken is counted, and told by an `events.dropped` event as soon as
   * there is room.
   */
  readonly record: (event: NewEvent) => boolean;
  /** How many events went where. */
  readonly counts: () => EventLogCounts;
  /** The events that the store has taken, in order. */
  readonly accepted$: Observable<RecordedEvent>;
  /**
   * Waits until the store has taken all events that were recorded before, and the word of those that
   * were not. Never rejects.
   */
  readonly flush: (options?: TimeoutOptions) => Promise<EventLogCounts>;
  /** Takes no more events, and waits likewise; what is left then is dropped. May be called twice. */
  readonly close: (options?: TimeoutOptions) => Promise<EventLogCounts>;
}

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
    maxBytes = 2 ** 24,
    batchSize = 500,
    flushDelay = 0,
    clock = systemClock,
    random = Math.random,
    createId = createIds({ now: clock.now }),
    onDropped = () => {},
    opening,
    onError = () => {},
  } = options;
  const accepted$ = new Subject<RecordedEvent>();
  const waiters = new Set<Waiter>();
  let waiting: Waiting[] = [];
  let taken = 0;
  let bytes = 0;
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
  let lost = new Map<DropReason, ReturnType<typeof createDropTally>>();

  const counts = (): EventLogCounts => ({
    recorded,
    accepted,
    pending: waiting.length,
    dropped,
  });

  const refuse = (type: string, reason: DropReason): false => {
    recorded++;
    dropped++;
    let tally = lost.get(reason);
    if (tally === undefined) lost.set(reason, tally = createDropTally());
    tally.add(type, 1);
    schedule();
    return false;
  };
  const take = (event: NewEvent, size: number) => {
    waiting.push({ event, size, number: ++taken });
    bytes += size;
    recorded++;
    // What is held must never be why there is no room.
    const isHalfFull = 2 * waiting.length >= capacity || 2 * bytes >= maxBytes;
    if (isHeld && isHalfFull) queueMicrotask(release);
  };
  const record = (event: NewEvent): boolean => {
    if (isClosing) return refuse(event.type, "closed");
    const size = sizeOf(event);
    if (size === null) return refuse(event.type, "invalid");
    if (waiting.length >= capacity) return refuse(event.type, "overflow");
    if (bytes + size > maxBytes) return refuse(event.type, "bytes");
    take(event, size);
    schedule();
    return true;
  };
  // The log's own word of what was lost: it has a place even where the intake is full, once for each
  // reason, since the writer made room just now.
  const tellLost = () => {
    const tallies = lost;
    if (tallies.size === 0) return;
    lost = new Map();
    for (const [reason, tally] of tallies) {
      const data = {
        reason,
        count: tally.count(),
        types: tally.types(),
        consumer: null,
      };
      const event: NewEvent = {
        id: createId(),
        time: clock.now(),
        type: "events.dropped",
        version: 1,
        data,
      };
      take(event, sizeOf(event) ?? 0);
    }
  };

  const release = () => {
    if (opening === undefined || !isHeld || isClosed) return;
    isHeld = false;
    const isKept = opening.open();
    // Who is asked may record something, too.
    const held = waiting;
    waiting = [];
    const kept = held.filter((each) => {
      if (isKept(each.event)) return true;
      bytes -= each.size;
      recorded--;
      return false;
    });
    waiting = [...kept, ...waiting];
    tellWaiters();
    schedule();
  };
  opening?.known.then(release, release);
  const tellWaiters = () => {
    const next = waiting[0]?.number ?? Infinity;
    for (const waiter of [...waiters]) {
      if (next > waiter.target) waiter.finish();
    }
  };

  const schedule = () => {
    if (isHeld || isAppending || isScheduled || isClosed) return;
    if (waiting.length === 0 && (lost.size === 0 || isClosing)) return;
    isScheduled = true;
    if (failures > 0) {
      setTimer(backoffDelay(failures, random));
    } else if (flushDelay > 0 && waiting.length < batchSize && !isHurried()) {
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
    if (waiting.length === 0 && !isClosing) tellLost();
    if (waiting.length === 0) return;
    isAppending = true;
    const batch = waiting.slice(0, batchSize);
    let stored: readonly RecordedEvent[] | null = null;
    try {
      stored = await store.append(batch.map(({ event }) => event));
      failures = 0;
    } catch (error) {
      failures++;
      attempt(() => onError(error));
    }
    isAppending = false;
    if (isClosed) return;
    if (stored !== null) {
      waiting = waiting.slice(batch.length);
      for (const { size } of batch) bytes -= size;
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
      // It was told of an error, and there is nobody to tell of this one.
    }
  };

  const flush = async ({ timeout }: TimeoutOptions = {}) => {
    if (waiting.length === 0 && !isClosing) tellLost();
    if (waiting.length > 0) {
      const target = taken;
      let waiter: Waiter | null = null;
      await within(
        new Promise<void>((resolve) => {
          waiters.add(waiter = { target, finish: resolve });
          hurry();
        }),
        timeout,
        clock,
      );
      waiters.delete(waiter!);
    }
    return counts();
  };
  let closing: Promise<EventLogCounts> | null = null;
  const close = async (wait: TimeoutOptions = {}) => {
    tellLost();
    isClosing = true;
    const { timeout } = wait;
    const cancelRelease = isHeld && waiting.length > 0 && timeout !== undefined
      ? clock.setTimer(release, timeout / 2)
      : () => {};
    await flush(wait);
    cancelRelease();
    isClosed = true;
    cancelTimer();
    if (waiting.length > 0) {
      const events = waiting.map(({ event }) => event);
      dropped += events.length;
      waiting = [];
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

interface Waiting {
  readonly event: NewEvent;
  readonly size: number;
  /** Counts up, for each event that was taken. */
  readonly number: number;
}

interface Waiter {
  readonly target: number;
  readonly finish: () => void;
}

function sizeOf(event: NewEvent): number | null {
  try {
    return JSON.stringify(event).length;
  } catch {
    return null;
  }
}
