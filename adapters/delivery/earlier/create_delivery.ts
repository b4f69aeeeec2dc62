import type {
  NewEvent,
  RecordedEvent,
} from "../../../core/events/types/recorded_event.ts";
import type { Clock } from "../../support/clock.ts";
import { failureOf } from "../delivery_failure.ts";
import type { EventHandler } from "./event_handler.ts";
import type { EventStore } from "../../log/event_store.ts";
import { isOwnType } from "../wants_type.ts";

/** What became of events that are dealt with. */
export type DeliveryOutcome = "delivered" | "parked";

/** What deliveries are made with. */
export interface DeliveryOptions {
  /** The name of the consumer. */
  readonly name: string;
  /** Where word of parked events is left. */
  readonly store: Pick<EventStore, "append">;
  /** Takes events. */
  readonly handler: EventHandler;
  /** How often events are tried before they are split and parked. */
  readonly maxAttempts: number;
  /** Ends deliveries. */
  readonly signal: AbortSignal;
  /** Tells the time. */
  readonly clock: Pick<Clock, "now">;
  /** Makes the ids of `delivery.parked` events. */
  readonly createId: () => string;
  /** Is told of what the handler threw. Does not throw. */
  readonly report: (error: unknown) => void;
  /** Waits after so many failures, or for as long as the error asks. */
  readonly rest: (
    failures: number,
    retryAfter: number | null,
  ) => Promise<void>;
  /** Repeats something until it works; null where deliveries end before that. */
  readonly insist: <Result>(
    action: () => Promise<Result>,
  ) => Promise<Result | null>;
  /** Is told that nothing can be delivered until somebody resumes. */
  readonly pause: () => void;
  /** Waits until somebody does. */
  readonly awaitResume: () => Promise<void>;
  /** Whether nothing is to be delivered for now. */
  readonly isPaused: () => boolean;
  /** Moves the checkpoint past events that are dealt with; false where that was not to be. */
  readonly settle: (
    events: readonly RecordedEvent[],
    outcome: DeliveryOutcome,
  ) => Promise<boolean>;
}

/**
 * Makes a function that hands events to a handler until it has taken them, or refused them for good.
 * True once all events are dealt with and settled; false where deliveries end before that.
 */
export function createDelivery(
  options: DeliveryOptions,
): (events: readonly RecordedEvent[]) => Promise<boolean> {
  const { name, store, handler, maxAttempts, signal, settle } = options;

  const park = async (
    event: RecordedEvent,
    attempts: number,
    message: string,
  ): Promise<boolean> => {
    // Word of word that nobody wants would never end.
    if (!isOwnType(event.type)) {
      const note: NewEvent = {
        id: options.createId(),
        time: options.clock.now(),
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
      if (await options.insist(() => store.append([note])) === null) {
        return false;
      }
    }
    return await settle([event], "parked");
  };

  const deliver = async (
    events: readonly RecordedEvent[],
  ): Promise<boolean> => {
    for (let attempts = 1;; attempts++) {
      while (options.isPaused() && !signal.aborted) await options.awaitResume();
      if (signal.aborted) return false;
      try {
        // A handler may do with the array what it likes.
        await unlessAborted(() => handler([...events], { signal }), signal);
      } catch (error) {
        if (signal.aborted) return false;
        options.report(error);
        const { kind, retryAfter, message } = failureOf(error);
        if (kind === "pause") {
          options.pause();
          attempts--;
        } else if (kind === "reject" || attempts >= maxAttempts) {
          if (events.length === 1) {
            return await park(events[0]!, attempts, message);
          }
          const middle = events.length >> 1;
          return await deliver(events.slice(0, middle)) &&
            await deliver(events.slice(middle));
        } else await options.rest(attempts, retryAfter);
        continue;
      }
      return await settle(events, "delivered");
    }
  };
  return deliver;
}

// A handler that doesn't listen to its signal must not hold up those who stop it.
function unlessAborted(
  action: () => unknown,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
    const result = new Promise((settled) => settled(action()));
    result.then(() => resolve(), reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}
