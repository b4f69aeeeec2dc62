import type { PauseReason } from "../../../delivery/machine/delivery_state.ts";

/**
 * What became of the events that a client recorded for a consumer:
 * `recorded = delivered + pending + parked + dropped`, always.
 */
export interface ConsumerReport {
  /** The events that the client recorded and the consumer wants. */
  readonly recorded: number;
  /** Those that it took; for `store`, those that are stored. */
  readonly delivered: number;
  /** Those that wait, also for consent, or are in its hands. */
  readonly pending: number;
  /**
   * Those that it could not take, and that were put aside in the store; without a store, given up. One that
   * is delivered again later, by whichever client, stays in this count.
   */
  readonly parked: number;
  /** Those that were given up, since there were too many or the client was closed. */
  readonly dropped: number;
  /** Exposures that another client had stored before; they do not count as recorded. */
  readonly repeated: number;
  /** Events that the consumer did not want; they do not count as recorded. */
  readonly unwanted: number;
  /** When the oldest of those that are pending happened, in milliseconds since 1970; null without any. */
  readonly oldestPending: number | null;
  /** Why nothing is delivered, or as good as nothing; null where all is well. */
  readonly pausedBecause: PauseReason | null;
  /** What went wrong last; null where nothing did. */
  readonly lastError: string | null;
}

/** The name under which a report tells of the store. */
export const storeName = "store";

/**
 * What became of the events of each consumer, by name: `tracking-callback` for the callback, the name
 * of each sink, and `store` where there is a store.
 */
export interface DeliveryReport {
  /** The counts of a consumer. */
  readonly [consumer: string]: ConsumerReport;
}
