import type { Observable } from "rxjs";
import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../core/events/types/tracking_event.ts";
import type { Clock } from "../support/clock.ts";
import type { TimeoutOptions } from "../support/timeout_options.ts";
import type { EventStore } from "./event_store.ts";

/** What a log of events is made with. */
export interface EventLogOptions {
  /** Where events are kept. */
  readonly store: EventStore;
  /** The most events that wait for the store; default 10,000. */
  readonly capacity?: number;
  /** The most characters that the JSON of the waiting events has; default 16,777,216. */
  readonly maxCharacters?: number;
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
