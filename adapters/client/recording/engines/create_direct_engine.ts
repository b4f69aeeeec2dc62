import type { Engine } from "../../../delivery/engine/engine.ts";
import type { ClientConsumer } from "../consumers/client_consumer.ts";
import type { ClientItem } from "../consumers/client_item.ts";
import {
  type ConsumerEngineOptions,
  createConsumerEngine,
} from "./create_consumer_engine.ts";

/** What the engine of a consumer is made with that gets what is recorded from memory. */
export interface DirectEngineOptions
  extends Omit<ConsumerEngineOptions, "onDelivered" | "onParked"> {
  /** Is told that items were settled, once they are counted. */
  readonly onSettled: () => void;
}

/** Makes the engine of a consumer that gets what is recorded from memory: parking is final. */
export function createDirectEngine(
  consumer: ClientConsumer,
  { onSettled, ...options }: DirectEngineOptions,
): Engine<ClientItem> {
  const settle =
    (name: "delivered" | "parked") => ({ length }: readonly ClientItem[]) => {
      consumer.counts[name] += length;
      onSettled();
    };
  return createConsumerEngine(consumer, {
    ...options,
    onDelivered: settle("delivered"),
    onParked: settle("parked"),
  });
}
