import type { Context } from "../../../core/types/context.ts";
import type { EngineCall } from "../../delivery/engine/create_engine.ts";
import type { ClientItem } from "./client_consumer.ts";
import { eventOf } from "./entry.ts";
import type {
  ExposedUser,
  TrackingCallback,
  TrackingInfo,
} from "./tracking_callback.ts";

/** The name of the consumer that is a client's tracking callback. */
export const trackingConsumer = "tracking-callback";

/** Makes what calls a tracking callback with the exposure of an item. */
export function createTrackingCall(
  callback: TrackingCallback,
  createId: () => string,
): (items: readonly ClientItem[], call: EngineCall) => unknown {
  return ([item], call) => {
    const { entry, rebuild } = item!;
    const info = describeCall(item!, call, createId);
    if (entry === null) {
      const [experiment, result, user] = rebuild!();
      return callback(experiment, result, user, info);
    }
    const { viewed, context } = entry.exposure!;
    return callback(viewed.experiment, viewed.result, userOf(context), info);
  };
}

// The id and the signal cost more than all the rest, and few ask for them.
function describeCall(
  { entry, event }: ClientItem,
  { attempt, signal }: EngineCall,
  createId: () => string,
): TrackingInfo {
  return {
    get id() {
      return event?.id ?? eventOf(entry!, createId).id;
    },
    time: entry?.time ?? event!.time,
    attempt,
    isRebuilt: entry === null,
    get signal() {
      return signal();
    },
  };
}

function userOf(
  { attributes, attributeOverrides, url = "" }: Context<object>,
): ExposedUser {
  return { attributes: { ...attributes, ...attributeOverrides }, url };
}
