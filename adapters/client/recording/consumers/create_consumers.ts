import { includes } from "../../../delivery/includes.ts";
import type { Settings } from "../../inputs/read_options.ts";
import type { EventMaker } from "../entry.ts";
import { createTrackingCall, trackingConsumer } from "./call_tracking.ts";
import { type ClientConsumer, createCounters } from "./client_consumer.ts";
import { storeName } from "./consumer_report.ts";

/**
 * Lists the consumers of a client: its tracking callback and its sinks. Each has an engine of its own,
 * so that none waits for another. Two of one name would take each other's events, so that the second
 * is left out, and reported; so is one of the name under which reports tell of the store.
 */
export function createConsumers(
  { trackingCallback, sinks, store }: Settings,
  maker: EventMaker,
  onError: (error: unknown) => void,
): readonly ClientConsumer[] {
  const consumers: ClientConsumer[] = [];
  if (typeof trackingCallback === "function") {
    consumers.push({
      name: trackingConsumer,
      types: ["experiment.viewed"],
      includes: () => true,
      callback: trackingCallback,
      track: createTrackingCall(trackingCallback, maker),
      sink: null,
      counts: createCounters(),
    });
  }
  for (const sink of sinks) {
    const { name, types } = sink;
    if (
      consumers.some((known) => known.name === name) ||
      store !== undefined && name === storeName
    ) {
      const reason = "there is another consumer of that name";
      const problem = `Cannot use the sink ${JSON.stringify(name)}: ${reason}`;
      onError(new TypeError(problem));
      continue;
    }
    consumers.push({
      name,
      types,
      includes: (event) => includes(sink, event, onError),
      callback: null,
      track: null,
      sink,
      counts: createCounters(),
    });
  }
  return consumers;
}
