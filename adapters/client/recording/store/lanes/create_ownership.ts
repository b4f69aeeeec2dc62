import type { ClientItem, ItemLedger } from "../../consumers/client_item.ts";
import { beginLane, type Lane } from "./begin_lane.ts";
import type { LaneKeeperOptions } from "./create_lane_keeper.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";
import type { LostEvents, UnreadEvents } from "./lost_events.ts";
import { makeStoreItem } from "../make_store_item.ts";

/** What this client owns: its id, which is that of its lane, until it has lost that. */
export interface Ownership {
  /** Gives the id, which is made when it is first asked for. */
  readonly id: () => string;
  /**
   * Claims this client's own lane for each consumer, once, and gives its id; null without a consumer. A
   * lane that was tried before is given again as long as a consumer has it. Rejects where the store does.
   */
  readonly open: (tried: string | null) => Promise<string | null>;
  /** Claims a lane for a consumer, where it is free, so that it is read. */
  readonly begin: (consumer: StoreConsumer, lane: string) => Promise<void>;
  /** Claims those lanes again whose claim had no answer: the store may have done it. */
  readonly retry: () => Promise<void>;
  /** Whether the event at a position was read from a lane that this client appended to, before it lost that. */
  readonly hasRead: (
    consumer: StoreConsumer,
    lane: string,
    position: number,
  ) => boolean;
  /** Gives the lane of a consumer; undefined where another owner has it now. */
  readonly find: (consumer: StoreConsumer, lane: string) => Lane | undefined;
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
  let isOpen = false;
  const laneOf = new WeakMap<ItemLedger, string>();
  // What is appended last may be read before the store has answered, and lost after that.
  const lastLost = new Map<StoreConsumer, Lane>();
  // By which id each lane was claimed that had no answer yet.
  const asked = new Map(
    consumers.map((consumer) => [consumer, new Map<string, string>()]),
  );
  const id = () => owner ??= options.createOwner();

  const look = (consumer: StoreConsumer, name: string) =>
    [...lanes].find((lane) =>
      lane.consumer === consumer && lane.ledger.key.lane === name
    );
  const find = (consumer: StoreConsumer, name: string) => {
    const lane = look(consumer, name);
    if (lane === undefined || lane.ledger.isHeld()) return lane;
    consumer.engine.catchUp();
    lose(consumer, []);
  };
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
  const begin = async (
    consumer: StoreConsumer,
    name: string,
    isOpening = false,
  ) => {
    const known = look(consumer, name);
    if (known !== undefined && await confirm(known)) return;
    const unanswered = asked.get(consumer)!;
    const by = unanswered.get(name) ?? id();
    unanswered.set(name, by);
    // It counts all that is appended to its own lane, and of others what it had lost with them.
    const isOwn = isOpening && name === by;
    const lane = await beginLane(consumer, name, {
      ...options,
      keepsAlive: false,
      owner: by,
      isOwn,
      makeItem: (event, lane) => {
        if (isOwn) lane.behind--;
        const isCounted = isOwn || lost.take(consumer, name, event);
        return makeStoreItem(event, lane.ledger, isCounted, options);
      },
    });
    unanswered.delete(name);
    if (lane === null) return;
    // Two that look at the same time may both have claimed it.
    if (look(consumer, name) !== undefined) {
      consumer.storage.ledgers.delete(lane.ledger);
      return;
    }
    if (options.signal.aborted) return await lane.ledger.close();
    lanes.add(lane);
    laneOf.set(lane.ledger, name);
  };
  const lose = (consumer: StoreConsumer, items: readonly ClientItem[]) => {
    for (const lane of lanes) {
      if (lane.consumer !== consumer || lane.ledger.isHeld()) continue;
      lanes.delete(lane);
      const { lane: name } = lane.ledger.key;
      if (lane.isOwn) lastLost.set(consumer, lane);
      if (name === owner) {
        owner = null;
        isOpen = false;
      }
      lost.note(consumer, name!, [], unreadOf(lane));
    }
    for (const { event, ledger, isOwn } of items) {
      const name = ledger === null ? undefined : laneOf.get(ledger);
      if (isOwn && name !== undefined) lost.note(consumer, name, [event!]);
    }
  };
  for (const consumer of consumers) {
    consumer.storage.onLost = (items) => lose(consumer, items);
  }
  const openAll = async (name: string) => {
    // Where one consumer alone lost its lane, others have two from now on: nothing more is appended to
    // the first, and what of it is in memory stays there.
    for (const lane of lanes) lane.isOwn &&= lane.ledger.key.lane === name;
    for (const consumer of consumers) await begin(consumer, name, true);
    isOpen = owner === name;
  };
  return {
    id,
    begin,
    hasRead: (consumer, name, position) => {
      const ledger = lastLost.get(consumer)?.ledger;
      return ledger?.key.lane === name && position <= ledger.readTo();
    },
    retry: async () => {
      for (const [consumer, names] of asked) {
        for (const name of names.keys()) {
          // Its own lane is claimed with the next append.
          if (name !== owner) await begin(consumer, name);
        }
      }
    },
    find,
    open: async (tried) => {
      if (consumers.length === 0) return null;
      const left = consumers.map((consumer) =>
        tried === null ? undefined : find(consumer, tried)
      );
      if (left.some((lane) => lane?.isOwn)) return tried;
      for (const consumer of consumers) find(consumer, id());
      // Another one, where a consumer has lost it.
      const name = id();
      if (!isOpen) await openAll(name);
      if (isOpen) return name;
      throw new Error(
        "Cannot append events: the lane was lost as it was claimed",
      );
    },
  };
}

function unreadOf(
  { ledger, behind, lastStored }: Lane,
): UnreadEvents | undefined {
  return behind > 0
    ? { after: ledger.readTo(), through: lastStored, count: behind }
    : undefined;
}
