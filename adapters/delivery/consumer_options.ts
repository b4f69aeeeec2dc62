import type { Clock } from "../support/time/clock.ts";

/** What every consumer of a store may be told. */
export interface ReaderOptions {
  /**
   * The types of the events that it wants; without it, all but the log's own (`events.dropped`,
   * `delivery.parked`, `storage.degraded` and `erased`).
   */
  readonly types?: readonly string[];
  /**
   * How often the store is looked at without a wakeup, in milliseconds; default 5,000. An owner that
   * is gone is noticed within that time, too.
   */
  readonly pollInterval?: number;
  /** The id of the owner, as the store knows it; default a UUID of version 7. */
  readonly owner?: string;
  /** Tells the time and sets timers; default the clock of the runtime. */
  readonly clock?: Clock;
  /** A random number from 0 up to 1, for the pauses between attempts; default `Math.random`. */
  readonly random?: () => number;
  /** Makes ids; default UUIDs of version 7. */
  readonly createId?: () => string;
  /**
   * Is told of what the destination could not take, and of what the store rejected with; default
   * `console.error`.
   */
  readonly onError?: (error: unknown) => void;
}

/** How `consume` goes about it. */
export interface ConsumeOptions extends ReaderOptions {
  /** The most events that the handler gets at once, 1 to 1,000; default 100. */
  readonly batchSize?: number;
  /**
   * Whether a batch that fails holds up all that comes after it; default true: one batch is in hand
   * at a time, in the order of the log. With `false`, up to 16 batches are in hand side by side, and
   * one that waits for its next attempt holds up no other.
   */
  readonly inOrder?: boolean;
  /**
   * How often events are tried before they are split and parked; default without end. In order, each
   * attempt counts; otherwise one counts only where others succeeded in between.
   */
  readonly maxAttempts?: number;
  /** How long the handler may take, in milliseconds; then it has failed. Default 300,000. */
  readonly longestCall?: number;
}
