import { createEngine } from "../../../delivery/engine/create_engine.ts";
import type {
  Engine,
  EngineCall,
  EngineOptions,
} from "../../../delivery/engine/engine.ts";
import { callbackSettings } from "../../../delivery/machine/delivery_settings.ts";
import { callSink, sinkSettings } from "../../../delivery/engine/sink_call.ts";
import type { ClientConsumer } from "../consumers/client_consumer.ts";
import type { TrackingInfo } from "../consumers/tracking_callback.ts";
import type { ClientItem } from "./client_item.ts";
import type { EventMaker } from "../entry.ts";

/** What the engine of a consumer is made with. */
export interface ConsumerEngineOptions extends
  Pick<
    EngineOptions<ClientItem>,
    | "onDelivered"
    | "onParked"
    | "onDropped"
    | "findLost"
    | "clock"
    | "passed"
    | "delayAfter"
    | "capacity"
    | "maxCharacters"
  > {
  /** Makes the events of entries. */
  readonly maker: EventMaker;
  /** Is told of what goes wrong. Does not throw. */
  readonly onError: (error: unknown) => void;
}

/** Makes the engine that delivers to a tracking callback or a sink. */
export function createConsumerEngine(
  consumer: ClientConsumer,
  options: ConsumerEngineOptions,
): Engine<ClientItem> {
  const { sink } = consumer;
  const engine = createEngine<ClientItem>({
    ...options,
    onFailure: options.onError,
    ...(sink === null
      ? { settings: callbackSettings, call: createCallbackCall(consumer) }
      : {
        settings: sinkSettings(sink),
        call: createSinkCall(consumer, options),
      }),
  });
  return {
    ...engine,
    add: (items) => {
      const open = items.filter(({ begun }) => begun !== null);
      if (open.length === 0) return engine.add(items);
      const others = items.filter(({ begun }) => begun === null);
      // At once: what is open must not be given up to make room for others.
      engine.add(open);
      engine.catchUp();
      engine.add(others);
    },
  };
}

function createCallbackCall({ track, callback }: ClientConsumer) {
  return ([first]: readonly ClientItem[], call: EngineCall): unknown => {
    const item = first!;
    const { entry, begun, rebuild } = item;
    if (begun !== null) {
      item.begun = null;
      call.signal().addEventListener("abort", begun.abort);
      return begun.answer;
    }
    if (entry !== null) return track!(entry, call);
    const [experiment, result, user] = rebuild!();
    return callback!(experiment, result, user, describeRebuilt(item, call));
  };
}

function describeRebuilt(
  { event }: ClientItem,
  { attempt, signal }: EngineCall,
): TrackingInfo {
  const { id, time } = event!;
  return {
    id,
    time,
    attempt,
    isRebuilt: true,
    get signal() {
      return signal();
    },
  };
}

function createSinkCall(
  { sink, includes }: ClientConsumer,
  { maker, clock }: ConsumerEngineOptions,
) {
  return async (
    items: readonly ClientItem[],
    call: EngineCall,
  ): Promise<unknown> => {
    // What was recorded here was asked about before; what a store kept was not.
    const wanted = items.filter(({ entry, event }) =>
      entry !== null || includes(event!)
    );
    if (wanted.length === 0) return;
    const events = wanted.map(({ entry, event }) =>
      event ?? maker.eventOf(entry!)
    );
    return await callSink(sink!, events, wanted, call, clock.now());
  };
}
