import type { ClientItem, ItemLedger } from "../consumers/client_item.ts";
import { beginLane, type Lane } from "./begin_lane.ts";
import type { LaneKeeperOptions } from "./create_lane_keeper.ts";
import type { StoreConsumer } from "./create_store_consumer.ts";
import type { LostEvents } from "./lost_events.ts";
import { makeStoreItem } from "./make_store_item.ts";

/** What this client owns: its id, which is that of its lane, until it has lost that. */
export interface Ownership {
  /** Gives the id, which is made when it is first asked for. */
  readonly id: () => string;
  /** Claims this client's own lane for each consumer, once, and gives its id; null without a consumer. */
  readonly open: () => Promise<string | null>;
  /** Claims a lane for a consumer, where it is free. */
  readonly begin: (consumer: StoreConsumer, lane: string) => Promise<void>;
}

/**
 * Makes what claims lanes and notices that they are lost: `lanes` has those that are held, `lost` the events
 * of those that are not any more.
 */
export function createOwnership(
  options: LaneKeeperOptions,
  lanes: Set<Lane>,
  lost: LostEvents,
): Ownership {
  const { consumers } = options;
  let owner: string | null = null;
  let opening: Promise<void> | null = null;
  // All lanes that this client ever appended to: it counts their events.
  const ownLanes = new Set<string>();
  const laneOf = new WeakMap<ItemLedger, string>();
  const id = () => owner ??= options.createOwner();

  const find = (consumer: StoreConsumer, name: string) =>
    [...lanes].find((lane) =>
      lane.consumer === consumer && lane.ledger.key.lane === name
    );
  // A store that was gone for a while takes owners for dead that are not. What this client has, it
  // claims again, and goes on with: a second lane in its place would get every event a second time.
  const confirm = async (lane: Lane): Promise<boolean> => {
    const { consumer, ledger } = lane;
    if (!ledger.isHeld()) consumer.engine.catchUp();
    if (!lanes.has(lane)) return false;
    await options.store.claim(ledger.key, ledger.owner);
    if (!ledger.isHeld()) consumer.engine.catchUp();
    if (lanes.has(lane)) return true;
    // It was lost meanwhile. Nobody could have it as long as this owner, which is none any more, does.
    await options.store.release(ledger.key, ledger.owner);
    return false;
  };
  const begin = async (consumer: StoreConsumer, name: string) => {
    const known = find(consumer, name);
    if (known !== undefined && await confirm(known)) return;
    const isCounted = ownLanes.has(name);
    const lane = await beginLane(consumer, name, {
      ...options,
      keepsAlive: false,
      owner: id(),
      makeItem: (event, ledger) =>
        makeStoreItem(event, ledger, isCounted, options),
    });
    if (lane === null) return;
    // Two that look at the same time may both have claimed it.
    if (find(consumer, name) !== undefined) {
      consumer.storage.ledgers.delete(lane.ledger);
      return;
    }
    lanes.add(lane);
    laneOf.set(lane.ledger, name);
    if (isCounted) lost.forget(consumer, name);
  };
  const lose = (consumer: StoreConsumer, items: readonly ClientItem[]) => {
    for (const lane of lanes) {
      if (lane.consumer !== consumer || lane.ledger.isHeld()) continue;
      lanes.delete(lane);
      if (lane.isOwn) owner = opening = null;
    }
    for (const item of items) {
      const lane = item.ledger === null ? undefined : laneOf.get(item.ledger);
      if (lane !== undefined) lost.note(consumer, lane, [item]);
    }
  };
  for (const consumer of consumers) {
    consumer.storage.onLost = (items) => lose(consumer, items);
  }
  const openOnce = async () => {
    const lane = id();
    ownLanes.add(lane);
    for (const consumer of consumers) await begin(consumer, lane);
  };
  return {
    id,
    begin,
    open: async () => {
      if (consumers.length === 0) return null;
      for (const { isOwn, ledger, consumer } of [...lanes]) {
        if (isOwn && !ledger.isHeld()) lose(consumer, []);
      }
      opening ??= openOnce();
      try {
        await opening;
      } catch (error) {
        opening = null;
        throw error;
      }
      return owner;
    },
  };
}
