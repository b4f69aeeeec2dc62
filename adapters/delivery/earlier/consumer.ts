import type { Clock } from "../../support/clock.ts";
import type { TimeoutOptions } from "../../support/timeout_options.ts";

/** How a consumer goes about it. */
export interface ConsumeOptions {
  /**
   * The types of the events that it wants; without it, all but the log's own (`events.dropped`,
   * `delivery.parked` and `storage.degraded`).
   */
  readonly types?: readonly string[];
  /** The most events that the handler gets at once; default 100. */
  readonly batchSize?: number;
  /** How often events are tried before they are split and parked; default without end. */
  readonly maxAttempts?: number;
  /**
   * How often the store is looked at without a wakeup, in milliseconds; default never, or 30,000
   * once the wakeups have failed.
   */
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

/**
 * How many events a consumer is done with since it started. An event counts once the checkpoint has
 * passed it, so none counts twice, however often it was tried.
 */
export interface ConsumerCounts {
  /** The events that the handler took. */
  readonly delivered: number;
  /** Those that it refused for good. */
  readonly parked: number;
  /** Those that left the store before it got them, as `events.dropped` events tell. */
  readonly dropped: number;
  /** Those that it did not want. */
  readonly skipped: number;
}

/**
 * Where the events are that a consumer wants, since it started:
 * `accepted = delivered + pending + parked + dropped`. One thing can't be told: whether a commit that
 * the store reported as failed was done, where events were removed up to the very same position before
 * it could be asked. Those count as delivered and as dropped.
 */
export interface ConsumerLedger {
  /** All of them: what the store has taken. */
  readonly accepted: number;
  /** Those that the handler took. */
  readonly delivered: number;
  /** Those that are still to come, or in its hands. */
  readonly pending: number;
  /** Those that it refused for good. */
  readonly parked: number;
  /** Those that left the store before it got them. */
  readonly dropped: number;
}

/** A reader of a store, by name. */
export interface Consumer {
  /** How many events it is done with. */
  readonly counts: () => ConsumerCounts;
  /** Where all events are. It reads those that are pending; rejects where the store can't be read. */
  readonly ledger: () => Promise<ConsumerLedger>;
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
  /**
   * Ends it, and waits for nothing but the store: a handler at work is told by its signal, and what
   * it had in hand comes again to the next reader of the name.
   */
  readonly stop: () => Promise<void>;
}
