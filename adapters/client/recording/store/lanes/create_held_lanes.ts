import type { ClientItem } from "../../engines/client_item.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";
import type { Lane } from "./begin_lane.ts";
import type { LaneOptions } from "./lane_options.ts";
import type { LostEvents, UnreadEvents } from "./lost_events.ts";

/** The lanes that this client holds, and what becomes of those that another owner has taken over. */
export interface HeldLanes {
  /** Gives the lane of a consumer; undefined where another owner has it now. */
  readonly find: (consumer: StoreConsumer, lane: string) => Lane | undefined;
  /** Gives the lane of a consumer, which may be lost. */
  readonly look: (consumer: StoreConsumer, lane: string) => Lane | undefined;
  /** Claims a lane again, and tells whether it is held still. Rejects where the store does. */
  readonly confirm: (lane: Lane) => Promise<boolean>;
  /**
   * Gives what tells whether a consumer has the event of an id, or had it, since it was read before the
   * store had answered, be it from a lane that is lost by now; and forgets that.
   */
  readonly takeEarly: (consumer: StoreConsumer) => (id: string) => boolean;
}

/**
 * Makes what notices that lanes are lost: `lanes` has those that are held, `lost` the events of those that are
 * not any more, and `onLost` is told of each of these.
 */
export function createHeldLanes(
  { store, consumers }: Pick<LaneOptions, "store" | "consumers">,
  lanes: Set<Lane>,
  lost: LostEvents,
  onLost: (lane: string) => void,
): HeldLanes {
  // What is appended last may be read before the store has answered, and lost after that.
  const lastLost = new Map<StoreConsumer, Lane>();

  const look = (consumer: StoreConsumer, name: string) =>
    [...lanes].find((lane) =>
      lane.consumer === consumer && lane.ledger.key.lane === name
    );
  const takeEarly = (consumer: StoreConsumer) => {
    const early = [...lanes, ...lastLost.values()]
      .filter((lane) => lane.consumer === consumer && lane.early.size > 0)
      .map((lane) => lane.early);
    return (id: string) => early.some((ids) => ids.delete(id));
  };
  const lose = (consumer: StoreConsumer, items: readonly ClientItem[]) => {
    for (const lane of lanes) {
      if (lane.consumer !== consumer || lane.ledger.isHeld()) continue;
      lanes.delete(lane);
      const name = lane.ledger.key.lane!;
      if (lane.isOwn) lastLost.set(consumer, lane);
      onLost(name);
      lost.note(consumer, name, [], unreadOf(lane));
    }
    const forget = takeEarly(consumer);
    for (const { event, ledger, isOwn } of items) {
      const name = ledger?.key?.lane;
      if (!isOwn || name === undefined) continue;
      forget(event!.id);
      lost.note(consumer, name, [event!]);
    }
  };
  const isHeld = (lane: Lane) => {
    if (!lane.ledger.isHeld()) lane.consumer.engine.catchUp();
    return lanes.has(lane);
  };
  for (const consumer of consumers) {
    consumer.storage.onLost = (items) => lose(consumer, items);
  }
  return {
    find: (consumer, name) => {
      const lane = look(consumer, name);
      if (lane === undefined || lane.ledger.isHeld()) return lane;
      consumer.engine.catchUp();
      lose(consumer, []);
    },
    look,
    // A store that was gone for a while takes owners for dead that are not. What this client has, it
    // claims again, and goes on with: a second lane in its place would get every event a second time.
    confirm: async (lane) => {
      const { key, owner } = lane.ledger;
      if (!isHeld(lane)) return false;
      await store.claim(key, owner);
      if (isHeld(lane)) return true;
      // It was lost meanwhile. Nobody could have it as long as this owner, which is none any more, does.
      await store.release(key, owner);
      return false;
    },
    takeEarly,
  };
}

function unreadOf(
  { ledger, unread, lastStored }: Lane,
): UnreadEvents | undefined {
  const count = unread.size();
  return count > 0
    ? { after: ledger.readTo(), through: lastStored, count }
    : undefined;
}
