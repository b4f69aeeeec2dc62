import { createEngine } from "../../../delivery/engine/create_engine.ts";
import type {
  Engine,
  EngineCall,
  EngineOptions,
} from "../../../delivery/engine/engine.ts";
import { callbackSettings } from "../../../delivery/machine/delivery_settings.ts";
import { callSink, sinkSettings } from "../../../delivery/engine/sink_call.ts";
import type {
  ClientConsumer,
  TrackingCall,
} from "../consumers/client_consumer.ts";
import type { ClientItem } from "../consumers/client_item.ts";
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
  const { track, sink } = consumer;
  const engine = createEngine<ClientItem>({
    ...options,
    onFailure: options.onError,
    ...(track === null
      ? {
        settings: sinkSettings(sink!),
        call: createSinkCall(consumer, options),
      }
      : { settings: callbackSettings, call: createCallbackCall(track) }),
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

function createCallbackCall(track: TrackingCall) {
  return ([first]: readonly ClientItem[], call: EngineCall): unknown => {
    const item = first!;
    const { begun } = item;
    if (begun === null) return track(item, call);
    item.begun = null;
    call.signal().addEventListener("abort", begun.abort);
    return begun.outcome();
  };
}

function createSinkCall(
  { sink, includesEvent }: ClientConsumer,
  { maker, clock }: ConsumerEngineOptions,
) {
  return async (
    items: readonly ClientItem[],
    call: EngineCall,
  ): Promise<unknown> => {
    // What was recorded here was asked about before; what a store kept was not.
    const wanted = items.filter(({ entry, event }) =>
      entry !== null || includesEvent(event!)
    );
    if (wanted.length === 0) return;
    const events = wanted.map(({ entry, event }) =>
      event ?? maker.eventOf(entry!)
    );
    return await callSink(sink!, events, wanted, call, clock.now());
  };
}
