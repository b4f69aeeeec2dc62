import { includes } from "../../../delivery/includes.ts";
import { callbackSettings } from "../../../delivery/machine/delivery_settings.ts";
import type { Sink } from "../../../delivery/sink.ts";
import { sinkSettings } from "../../../delivery/sink_settings.ts";
import type { Clock } from "../../../support/clock.ts";
import type { ClientOptions } from "../../client_options.ts";
import { createTrackingCall, trackingConsumer } from "./call_tracking.ts";
import {
  type ClientConsumer,
  type ClientConsumerOptions,
  createClientConsumer,
} from "./client_consumer.ts";
import { type Entry, type EventMaker, eventOf } from "../entry.ts";

/** What making consumers needs. */
export interface ConsumersOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly maker: EventMaker;
  readonly onError: (error: unknown) => void;
  readonly capacity: number;
  readonly maxCharacters: number;
  /** Is told of entries that a consumer will not get. */
  readonly onDropped: (name: string, entries: readonly Entry[]) => void;
  readonly onSettled: () => void;
}

/**
 * Makes the consumers of a client: its tracking callback and its sinks. Each has an engine of its own,
 * so that none waits for another. Two of one name would take each other's events, so that the second
 * is left out, and reported.
 */
export function createConsumers(
  { trackingCallback, sinks = [] }: ClientOptions,
  options: ConsumersOptions,
): readonly ClientConsumer[] {
  const { maker, onError } = options;
  const make = (
    name: string,
    more: Pick<
      ClientConsumerOptions,
      "types" | "includes" | "settings" | "call" | "close"
    >,
  ) =>
    createClientConsumer({
      ...options,
      ...more,
      name,
      onFailure: onError,
      onDropped: (entries) => options.onDropped(name, entries),
    });
  const consumers: ClientConsumer[] = [];
  if (typeof trackingCallback === "function") {
    consumers.push(make(trackingConsumer, {
      types: ["experiment.viewed"],
      includes: () => true,
      settings: callbackSettings,
      call: createTrackingCall(trackingCallback, maker),
      close: () => {},
    }));
  }
  for (const sink of sinks) {
    if (consumers.some(({ name }) => name === sink.name)) {
      onError(
        new TypeError(
          `Cannot use the sink ${
            JSON.stringify(sink.name)
          }: there is another consumer of that name`,
        ),
      );
      continue;
    }
    consumers.push(make(sink.name, {
      types: sink.types,
      includes: (entry) => includes(sink, eventOf(entry, maker), onError),
      settings: sinkSettings(sink),
      call: createSinkCall(sink, options),
      close: () => sink.close?.(),
    }));
  }
  return consumers;
}

// What only a sink needs is loaded when one sends.
function createSinkCall(
  sink: Sink,
  { maker, clock, onError }: ConsumersOptions,
): ClientConsumerOptions["call"] {
  return async (items, call) => {
    const { callSink } = await import("../../../delivery/sink_call.ts");
    // What was recorded here was asked about before; what a store kept was not.
    const wanted = items.filter(({ entry, event }) =>
      entry !== null || includes(sink, event!, onError)
    );
    if (wanted.length === 0) return;
    const events = wanted.map(({ entry, event }) =>
      event ?? eventOf(entry!, maker)
    );
    return await callSink(sink, events, wanted, call, clock.now());
  };
}
