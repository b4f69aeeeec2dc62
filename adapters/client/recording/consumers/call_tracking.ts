import type { Context } from "../../../../core/types/context.ts";
import type { EngineCall } from "../../../delivery/engine/engine.ts";
import { userOf } from "../decisions/describe_user.ts";
import type { TrackingCall } from "./client_consumer.ts";
import type { Entry, EventMaker } from "../entry.ts";
import type {
  ExposedUser,
  TrackingCallback,
  TrackingInfo,
} from "./tracking_callback.ts";

/** The name of the consumer that is a client's tracking callback. */
export const trackingConsumer = "tracking-callback";

/** Makes what calls a tracking callback with the exposure of an entry. */
export function createTrackingCall(
  callback: TrackingCallback,
  maker: EventMaker,
): TrackingCall {
  const isInformed = readsInfo(callback);
  // Exposures of one request have one user, most of the time.
  let lastContext: Context<object> | null = null;
  let lastUser: ExposedUser = { attributes: {} };
  return (entry, call) => {
    const info = isInformed ? describeCall(entry, call, maker) : noInfo;
    const { viewed, context } = entry.exposure!;
    const { experiment, result } = viewed;
    if (context !== lastContext) {
      lastContext = context;
      lastUser = userOf(lastContext);
    }
    return callback(experiment, result, lastUser, info);
  };
}

const noInfo = undefined as unknown as TrackingInfo;

// Describing a call costs as much as all the rest of it. A function that declares three parameters at
// most can see what comes after them by `...`, a default value or `arguments` alone.
function readsInfo(callback: TrackingCallback): boolean {
  if (callback.length > 3) return true;
  const text = Function.prototype.toString.call(callback);
  const [parameters = ""] = text.split("=>");
  return /\.\.\.|=/.test(parameters) || /arguments|\[native code\]/.test(text);
}

// The id and the signal cost more than all the rest, and few ask for them.
function describeCall(
  entry: Entry,
  { attempt, signal }: EngineCall,
  maker: EventMaker,
): TrackingInfo {
  return {
    get id() {
      return maker.idOf(entry);
    },
    time: entry.time,
    attempt,
    isRebuilt: false,
    get signal() {
      return signal();
    },
  };
}
