import type { Engine } from "../../../delivery/engine/engine.ts";
import type {
  ClientConsumer,
  DeliveryView,
} from "../consumers/client_consumer.ts";
import type { ClientItem } from "./client_item.ts";

/** A consumer with what delivers to it. */
export interface EngineConsumer extends ClientConsumer {
  readonly engine: Engine<ClientItem>;
}

/** Tells how the delivery to a consumer stands. */
export function viewOf({ engine }: EngineConsumer): DeliveryView {
  return {
    unsettled: engine.unsettled().flatMap(({ entry, event, isOwn }) =>
      isOwn ? entry ?? event! : []
    ),
    pausedBecause: engine.pausedBecause(),
    lastError: engine.lastError(),
  };
}
