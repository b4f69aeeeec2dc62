import type { TimeoutOptions } from "../support/time/timeout_options.ts";
import type { PauseReason } from "./machine/delivery_state.ts";

/**
 * How many events a consumer is done with since it started. One counts as often as it is settled; a
 * restart or a lost ownership may repeat some.
 */
export interface ConsumerCounts {
  /** The events that the destination took. */
  readonly delivered: number;
  /** Those that were parked. */
  readonly parked: number;
  /** Those that left the store before it settled them, as `events.dropped` events tell. */
  readonly dropped: number;
  /** Those that it did not want. */
  readonly skipped: number;
}

/**
 * Where the events are that a consumer wants, since it started:
 * `recorded = delivered + pending + parked + dropped`.
 */
export interface ConsumerLedger {
  /** All of them: what the store has taken. */
  readonly recorded: number;
  /** Those that the destination took. */
  readonly delivered: number;
  /** Those that are still to come, or in its hands. */
  readonly pending: number;
  /** Those that were parked. */
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
  /** Why nothing is delivered, or as good as nothing; null where all is well. */
  readonly pausedBecause: () => PauseReason | null;
  /** What the destination said last that it could not take; null where it took everything. */
  readonly lastError: () => string | null;
  /** Delivers nothing more until it is resumed. */
  readonly pause: () => void;
  /** Goes on, at once, whatever it was paused by. */
  readonly resume: () => void;
  /**
   * Tries what waits once at once, and waits until all events that are in the store now are settled:
   * true where they are, false where that takes longer than the timeout (10,000 ms by default), or the
   * consumer is stopped or paused. Never rejects.
   */
  readonly flush: (limit?: TimeoutOptions) => Promise<boolean>;
  /**
   * Ends it, and waits for nothing but the store, for 10 seconds at most, and for 5 more until a sink is closed: a call at work is told by its
   * signal, and what it had in hand comes again to the next owner of the name. Never rejects.
   */
  readonly stop: () => Promise<void>;
}
