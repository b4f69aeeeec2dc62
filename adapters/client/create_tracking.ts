import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/recorded_event.ts";
import type { ExperimentViewed } from "../../core/types/decision_event.ts";
import type { Payload } from "../../core/types/payload.ts";
import { consume } from "../log/consume.ts";
import type { EventStore } from "../log/event_store.ts";
import type { Clock } from "../support/clock.ts";
import type { TimeLimit } from "./client.ts";
import { rebuildExposure } from "./rebuild_exposure.ts";
import type { Scope } from "./scope.ts";
import type { ExposedUser, TrackingCallback } from "./tracking_callback.ts";

/** Calls the tracking callback with what is in the log. */
export interface Tracking {
  /** Keeps what an event only refers to, until the callback has been called with it. */
  readonly remember: (
    event: NewEvent,
    exposure: ExperimentViewed,
    scope: Scope,
  ) => void;
  /** Waits until the callback was called with everything; gives how many exposures are left. */
  readonly flush: (limit: TimeLimit) => Promise<number>;
  /** Stops. */
  readonly stop: () => Promise<void>;
}

/** What tracking needs. */
export interface TrackingOptions {
  /** Where the exposures are. */
  readonly store: EventStore;
  /** What time it is. */
  readonly clock: Clock;
  /** A random number from 0 up to 1. */
  readonly random: () => number;
  /** Makes ids. */
  readonly createId: () => string;
  /** Is told of what the callback threw. */
  readonly onError: (error: unknown) => void;
  /** The payload, as it is. */
  readonly payload: () => Payload | null;
  /** The name under which the store knows how far the callback got. */
  readonly name: string;
}

interface Remembered {
  readonly exposure: ExperimentViewed;
  readonly user: ExposedUser;
}

// What is forgotten is rebuilt from the payload and the event.
const maxRemembered = 10_000;

// With pauses of 0.5 to 30 seconds on average half as long: about two minutes of trying.
const maxAttempts = 12;

/**
 * Makes what calls the tracking callback: a consumer of the log, one exposure at a time. An exposure
 * is tried again when the callback throws or its promise rejects, and parked in the log as
 * `delivery.parked` after a dozen attempts.
 */
export function createTracking(
  callback: TrackingCallback,
  options: TrackingOptions,
): Tracking {
  const { store, clock, random, createId, onError, payload, name } = options;
  const remembered = new Map<string, Remembered>();

  const call = async (event: RecordedEvent) => {
    const known = remembered.get(event.id);
    const { exposure, user } = known ?? {
      exposure: rebuildExposure(event, payload()),
      user: readUser(event),
    };
    if (exposure === null) return;
    await callback(exposure.experiment, exposure.result, user);
    remembered.delete(event.id);
  };
  const consumer = consume(
    store,
    name,
    async (events) => {
      for (const event of events) await call(event);
    },
    {
      types: ["experiment.viewed"],
      batchSize: 1,
      maxAttempts,
      clock,
      random,
      createId,
      onError,
    },
  );
  return {
    remember: ({ id }, exposure, scope) => {
      const { attributes, attributeOverrides, url } = scope.context();
      const user = {
        attributes: { ...attributes, ...attributeOverrides },
        ...(url === undefined ? {} : { url }),
      };
      remembered.set(id, { exposure, user });
      if (remembered.size <= maxRemembered) return;
      const [oldest] = remembered.keys();
      remembered.delete(oldest!);
    },
    flush: async (limit) => {
      if (await consumer.flush(limit)) return 0;
      try {
        return await countAfter(store, await store.checkpoint(name));
      } catch (error) {
        onError(error);
        return remembered.size;
      }
    },
    stop: () => consumer.stop(),
  };
}

function readUser({ user }: RecordedEvent): ExposedUser {
  const { attributes = {}, url } = user ?? {};
  return { attributes, ...(url === undefined ? {} : { url }) };
}

async function countAfter(
  store: EventStore,
  checkpoint: number,
): Promise<number> {
  let count = 0;
  for (let after = checkpoint;;) {
    const events = await store.read(after);
    if (events.length === 0) return count;
    after = events[events.length - 1]!.position;
    count += events.filter(({ type }) => type === "experiment.viewed").length;
  }
}
