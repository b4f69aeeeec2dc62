import type { ExperimentViewedData } from "../../../core/events/types/tracking_event.ts";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { Context } from "../../../core/types/context.ts";
import type { ExperimentViewed } from "../../../core/types/decision_event.ts";
import type { Payload } from "../../../core/types/payload.ts";
import {
  consume,
  type ConsumeOptions,
} from "../../delivery/earlier/consume.ts";
import type { EventStore } from "../../log/event_store.ts";
import type { Clock } from "../../support/clock.ts";
import type { TimeoutOptions } from "../../support/timeout_options.ts";
import { within } from "../../support/within.ts";
import { rebuildExposure } from "./rebuild_exposure.ts";
import type { ExposedUser, TrackingCallback } from "./tracking_callback.ts";

/** Calls a tracking callback with the exposures of a log. */
export interface Tracking {
  /** Keeps what an event only refers to, until the callback was called with it. */
  readonly remember: (
    id: string,
    exposure: ExperimentViewed,
    context: Context<object>,
  ) => void;
  /** Gives that up for an event that is not going to be in the log. */
  readonly forget: (id: string) => void;
  /** Waits until the callback was called with all there is; false where that takes too long. */
  readonly flush: (limit: TimeoutOptions) => Promise<boolean>;
  /** Ends it. */
  readonly stop: () => Promise<void>;
}

/** What tracking needs. */
export interface TrackingOptions extends ConsumeOptions {
  /** Where events are. */
  readonly store: EventStore;
  /** Is called with exposures. */
  readonly trackingCallback: TrackingCallback;
  /** The payload, to look up what an event refers to that was recorded before a restart. */
  readonly payload: () => Payload | null;
  /** Tells the time and sets timers. */
  readonly clock: Clock;
}

type Call = Parameters<TrackingCallback>;

const maxRemembered = 10_000;
const maxAttempts = 10;
// A callback whose promise never settles would hold up all that come after it.
const longestCall = 30_000;

/**
 * Makes a consumer of a log that calls a tracking callback, one exposure after the other. One that
 * fails ten times is parked. Exposures of this process come with the very objects of the decision;
 * of those from before a restart, the log has references, and the payload the rest.
 */
export function createTracking(
  { store, trackingCallback, payload, ...options }: TrackingOptions,
): Tracking {
  const remembered = new Map<string, Call>();
  // Those of a batch that were called before another one of it failed: the batch comes again.
  const done = new Set<string>();

  const call = async (event: RecordedEvent) => {
    const data = event.data as RecordedEvent<string, object>["data"];
    const known = remembered.get(event.id) ??
      rebuildExposure(data as ExperimentViewedData, event.user, payload());
    const settled = Promise.resolve(trackingCallback(...known));
    if (await within(settled, longestCall, options.clock)) return;
    throw new Error(
      `Cannot track an exposure: the callback did not settle in ${longestCall} ms`,
    );
  };
  const consumer = consume(store, "tracking-callback", async (events) => {
    for (const event of events) {
      if (done.has(event.id)) continue;
      await call(event);
      done.add(event.id);
    }
    for (const { id } of events) {
      done.delete(id);
      remembered.delete(id);
    }
  }, { ...options, types: ["experiment.viewed"], maxAttempts });

  return {
    remember: (id, { experiment, result }, context) => {
      // The oldest of too many can be rebuilt.
      for (const oldest of remembered.keys()) {
        if (remembered.size < maxRemembered) break;
        remembered.delete(oldest);
      }
      remembered.set(id, [experiment, result, userOf(context)]);
    },
    forget: (id) => void remembered.delete(id),
    flush: (limit) => consumer.flush(limit),
    stop: () => consumer.stop(),
  };
}

function userOf(
  { attributes, attributeOverrides, url }: Context<object>,
): ExposedUser {
  return {
    attributes: { ...attributes, ...attributeOverrides },
    url: url ?? "",
  };
}
