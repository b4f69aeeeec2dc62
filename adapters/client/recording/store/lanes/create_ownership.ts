import type { StoreConsumer } from "../create_store_consumer.ts";
import { makeStoreItem } from "../make_store_item.ts";
import { beginLane, type Lane } from "./begin_lane.ts";
import { createHeldLanes, type HeldLanes } from "./create_held_lanes.ts";
import type { LaneOptions } from "./lane_options.ts";
import type { LostEvents } from "./lost_events.ts";

/** What this client owns: its id, which is that of its lane, until it has lost that, and its lanes. */
export interface Ownership extends Pick<HeldLanes, "find" | "takeEarly"> {
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
}

/**
 * Makes what claims lanes and notices that they are lost: `lanes` has those that are held, `lost` the events
 * of those that are not any more.
 */
export function createOwnership(
  options: LaneOptions,
  lanes: Set<Lane>,
  lost: LostEvents,
): Ownership {
  const { consumers, signal } = options;
  let owner: string | null = null;
  let isOpen = false;
  // By which id each lane was claimed that had no answer yet.
  const asked = new Map(
    consumers.map((consumer) => [consumer, new Map<string, string>()]),
  );
  const id = () => owner ??= options.createOwner();
  const held = createHeldLanes(options, lanes, lost, (name) => {
    if (name !== owner) return;
    owner = null;
    isOpen = false;
  });

  const begin = async (
    consumer: StoreConsumer,
    name: string,
    isOpening = false,
  ) => {
    const known = held.look(consumer, name);
    if (known !== undefined && await held.confirm(known)) return;
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
        if (isOwn && event.position > lane.lastStored) lane.early.add(event.id);
        const isCounted = isOwn || lost.take(consumer, name, event);
        return makeStoreItem(event, lane.ledger, isCounted, options);
      },
    });
    unanswered.delete(name);
    if (lane === null) return;
    // Two that look at the same time may both have claimed it.
    if (held.look(consumer, name) !== undefined) {
      consumer.storage.ledgers.delete(lane.ledger);
    } else if (signal.aborted) await lane.ledger.close();
    else lanes.add(lane);
  };
  const openAll = async (name: string) => {
    // Where one consumer alone lost its lane, others have two from now on: nothing more is appended to
    // the first, and what of it is in memory stays there.
    for (const lane of lanes) lane.isOwn &&= lane.ledger.key.lane === name;
    for (const consumer of consumers) await begin(consumer, name, true);
    isOpen = owner === name;
  };
  return {
    ...held,
    id,
    begin,
    retry: async () => {
      for (const [consumer, names] of asked) {
        for (const name of names.keys()) {
          // Its own lane is claimed with the next append.
          if (name !== owner) await begin(consumer, name);
        }
      }
    },
    open: async (tried) => {
      if (consumers.length === 0) return null;
      const left = consumers.map((consumer) =>
        tried === null ? undefined : held.find(consumer, tried)
      );
      if (left.some((lane) => lane?.isOwn)) return tried;
      for (const consumer of consumers) held.find(consumer, id());
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
