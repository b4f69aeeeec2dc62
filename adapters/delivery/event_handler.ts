import type { RecordedEvent } from "../../core/events/types/recorded_event.ts";

/** What a handler is told of a delivery. */
export interface DeliveryInfo {
  /** How often these events were handed over, this time included. */
  readonly attempt: number;
  /**
   * Is aborted when the answer is no longer waited for: it took too long, the consumer was stopped,
   * or another owner delivers the events now.
   */
  readonly signal: AbortSignal;
}

/**
 * Takes events. What it throws, or its promise rejects with, may have a `delivery` and a `retryAfter`; see
 * {@linkcode consume}.
 */
export type EventHandler = (
  events: readonly RecordedEvent[],
  delivery: DeliveryInfo,
) => unknown;
