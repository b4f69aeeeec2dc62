import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/recorded_event.ts";
import type { Clock } from "../support/clock.ts";
import { failureOf } from "./delivery_failure.ts";
import type { EventHandler } from "./event_handler.ts";
import type { EventStore } from "./event_store.ts";

/** What deliveries are made with. */
export interface DeliveryOptions {
  /** The name of the consumer. */
  readonly name: string;
  /** Where word of parked events is left. */
  readonly store: EventStore;
  /** Takes events. */
  readonly handler: EventHandler;
  /** How often events are tried before they are split and parked. */
  readonly maxAttempts: number;
  /** Ends deliveries. */
  readonly signal: AbortSignal;
  /** Tells the time. */
  readonly clock: Clock;
  /** Makes the ids of `delivery.parked` events. */
  readonly createId: () => string;
  /** Is told of what the handler threw. Does not throw. */
  readonly report: (error: unknown) => void;
  /** Waits after so many failures, or for as long as the error asks. */
  readonly rest: (
    failures: number,
    retryAfter: number | null,
  ) => Promise<void>;
  /** Is told that nothing can be delivered until somebody resumes. */
  readonly pause: () => void;
  /** Waits until somebody does. */
  readonly awaitResume: () => Promise<void>;
  /** Whether nothing is to be delivered for now. */
  readonly isPaused: () => boolean;
}

/** Hands events to a handler until it has taken them, or refused them for good. */
export interface Delivery {
  /** True once all events are dealt with; false where deliveries end before that. */
  readonly deliver: (events: readonly RecordedEvent[]) => Promise<boolean>;
  /** How many events were taken and refused. */
  readonly counts: () => {
    readonly delivered: number;
    readonly parked: number;
  };
}

/** Makes the deliveries of a consumer. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { name, store, handler, maxAttempts, signal, clock } = options;
  let delivered = 0;
  let parked = 0;

  const park = async (
    event: RecordedEvent,
    attempts: number,
    message: string,
  ) => {
    const note: NewEvent = {
      id: options.createId(),
      time: clock.now(),
      type: "delivery.parked",
      version: 1,
      data: {
        consumer: name,
        eventId: event.id,
        eventPosition: event.position,
        attempts,
        message,
      },
    };
    await store.append([note]);
    parked++;
  };

  const deliver = async (
    events: readonly RecordedEvent[],
  ): Promise<boolean> => {
    for (let attempts = 1;; attempts++) {
      while (options.isPaused() && !signal.aborted) await options.awaitResume();
      if (signal.aborted) return false;
      try {
        await handler(events, { signal });
        delivered += events.length;
        return true;
      } catch (error) {
        options.report(error);
        if (signal.aborted) return false;
        const { kind, retryAfter, message } = failureOf(error);
        if (kind === "pause") {
          options.pause();
          attempts--;
        } else if (kind === "reject" || attempts >= maxAttempts) {
          if (events.length === 1) {
            await park(events[0]!, attempts, message);
            return true;
          }
          const middle = events.length >> 1;
          return await deliver(events.slice(0, middle)) &&
            await deliver(events.slice(middle));
        } else await options.rest(attempts, retryAfter);
      }
    }
  };
  return { deliver, counts: () => ({ delivered, parked }) };
}
