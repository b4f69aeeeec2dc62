import type { ClientConsumer } from "../consumers/client_consumer.ts";
import type { ClientItem, ItemLedger } from "../engines/client_item.ts";
import { createConsumerEngine } from "../engines/create_consumer_engine.ts";
import type { EngineConsumer } from "../engines/view_of.ts";
import type { LineOptions } from "../line/line.ts";

/** A consumer whose items come by way of a store. */
export interface StoreConsumer extends EngineConsumer {
  /** Where items are settled, and what becomes of those that were lost. */
  readonly storage: ConsumerStorage;
  /** Gives up items of a user who was erased, as if they had never been recorded. */
  readonly forget: (isGone: (item: ClientItem) => boolean) => void;
}

/** What a consumer is told of by a line with a store. */
export interface ConsumerStorage {
  /** The ledgers of the items in its engine. */
  readonly ledgers: Set<ItemLedger>;
  /** Is told of items that are another owner's now. */
  onLost: (items: readonly ClientItem[]) => void;
  /** Is told which items are those of a user who was erased: the engine does not have all of them. */
  onErased: (isGone: (item: ClientItem) => boolean) => void;
}

/**
 * Makes a consumer with its engine, which settles items in the store and counts those that this client
 * recorded. What there is no room for is read from the store later, so that the engine has no bounds.
 */
export function createStoreConsumer(
  consumer: ClientConsumer,
  options: LineOptions,
  onSettled: () => void,
): StoreConsumer {
  const { counts, name } = consumer;
  const storage: ConsumerStorage = {
    ledgers: new Set(),
    onLost: () => {},
    onErased: () => {},
  };
  let isErased = (_: ClientItem) => false;
  const count = (
    items: readonly ClientItem[],
    which: "delivered" | "parked" | "dropped",
  ) => {
    for (const { isOwn } of items) if (isOwn) counts[which]++;
  };
  const engine = createConsumerEngine(consumer, {
    ...options,
    capacity: Infinity,
    maxCharacters: Infinity,
    onDelivered: (items) => {
      count(items, "delivered");
      for (const { event, ledger } of items) ledger?.settle(event!.position);
      onSettled();
    },
    onParked: (items, { attempts, reason, message }) => {
      count(items, "parked");
      for (const { event, ledger } of items) {
        if (event === null) continue;
        ledger?.park([{ event, attempts, reason, message }]);
      }
      onSettled();
    },
    onDropped: (items) => {
      const lost = items.filter(isLost);
      if (lost.length > 0) storage.onLost(lost);
      if (lost.length === items.length) return;
      const kept = items.filter((item) => !isLost(item));
      for (const { event, ledger, isOwn } of kept.filter(isErased)) {
        if (isOwn) counts.recorded--;
        ledger?.settle(event!.position);
      }
      const dropped = kept.filter((item) => !isErased(item));
      if (dropped.length === 0) return;
      count(dropped, "dropped");
      const entries = dropped.flatMap(({ entry }) => entry ?? []);
      options.tally.giveUp(entries, "overflow", name);
      onSettled();
    },
    findLost: () => {
      let isAny = false;
      for (const ledger of storage.ledgers) {
        if (ledger.isHeld()) continue;
        storage.ledgers.delete(ledger);
        isAny = true;
      }
      if (!isAny) return null;
      // Also where none of its items are here: what is recorded next must not go to that lane.
      storage.onLost([]);
      return isLost;
    },
  });
  const forget = (isGone: (item: ClientItem) => boolean) => {
    isErased = isGone;
    storage.onErased(isGone);
    engine.forget(isGone);
    isErased = () => false;
  };
  return { ...consumer, engine, storage, forget };
}

function isLost({ ledger }: ClientItem): boolean {
  return ledger?.isHeld() === false;
}
