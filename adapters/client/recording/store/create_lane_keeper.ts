import { createRedelivery } from "../../../delivery/store/create_redelivery.ts";
import { isSettled } from "../../../log/port/checkpoint.ts";
import { redeliveryLane, wholeLog } from "../../../log/port/consumer_key.ts";
import type { StoredEvent } from "../../../log/port/event_store.ts";
import { within } from "../../../support/time/within.ts";
import {
  type ClientItem,
  type ItemLedger,
  itemOf,
} from "../consumers/client_item.ts";
import type { Entry } from "../entry.ts";
import type { StoredLineOptions } from "../line/create_stored_line.ts";
import { beginLane, type Lane } from "./begin_lane.ts";
import type { StoreConsumer } from "./create_store_consumer.ts";
import { createLanePages } from "./lane_pages.ts";
import { createLostEvents } from "./lost_events.ts";
import { makeStoreItem } from "./make_store_item.ts";

/** The lanes of a store that a client delivers: its own, and those that it has adopted. */
export interface LaneKeeper {
  /** Looks for lanes whose owner is gone, now and from time to time. */
  readonly start: () => void;
  /** Claims a lane for what is appended next, and gives its id; null where there is no consumer. */
  readonly open: () => Promise<string | null>;
  /** Takes what was stored, and gives it to the consumers that want it. */
  readonly take: (
    stored: readonly { readonly entry: Entry; readonly event: StoredEvent }[],
  ) => void;
  /** Is told that a consumer settled something: there may be room to read on. */
  readonly onSettled: () => void;
  /** Waits until all consumers have settled what they have, and the store knows that. */
  readonly flush: (deadline: () => number) => Promise<boolean>;
  /** Gives back all lanes. Never rejects. */
  readonly close: () => Promise<void>;
}

/** What keeping lanes needs. */
export interface LaneKeeperOptions extends
  Pick<
    StoredLineOptions,
    "store" | "capacity" | "clock" | "random" | "payload" | "maker"
  > {
  /** The consumers, with their engines. */
  readonly consumers: readonly StoreConsumer[];
  /** Makes the id of an owner, which is that of its lane, too. */
  readonly createOwner: () => string;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Is told of what the store rejects with. Does not throw. */
  readonly report: (error: unknown) => void;
}

/** How often lanes are looked for whose owner is gone, and parked events that are due; milliseconds. */
const pollInterval = 5_000;

/** Makes the keeper. */
export function createLaneKeeper(options: LaneKeeperOptions): LaneKeeper {
  const { store, consumers, clock, signal, report } = options;
  const lanes = new Set<Lane>();
  const pages = createLanePages(lanes, report);
  const lost = createLostEvents();
  const own = createOwnership(options, lanes, lost);
  let cancelPoll = () => {};
  let isClosed = false;

  const redeliveries = new Map(consumers.map((consumer) => {
    const make = () =>
      createRedelivery({
        ...options,
        keepsAlive: false,
        name: consumer.name,
        owner: own.id(),
        engine: {
          add: (items) =>
            consumer.engine.add(
              items.map(({ event, ledger }) =>
                makeStoreItem(event, ledger, false, options)
              ),
            ),
        },
      });
    return [consumer, { make, made: null as ReturnType<typeof make> | null }];
  }));
  const poll = () => {
    cancelPoll();
    if (isClosed || signal.aborted) return;
    void look().catch(report).finally(() => {
      if (isClosed || signal.aborted) return;
      cancelPoll = clock.setTimer(poll, pollInterval, false);
    });
  };
  const look = async () => {
    const states = await store.consumers();
    for (const { name, lane, owner: holder, checkpoint } of states) {
      const consumer = consumers.find((each) => each.name === name);
      if (consumer === undefined) continue;
      if (lane === wholeLog || lane === redeliveryLane) continue;
      lost.settle(consumer, lane, (at) => isSettled(checkpoint, at));
      if (holder === null && !isClosed) await own.begin(consumer, lane);
    }
    for (const [consumer, redelivery] of redeliveries) {
      for (const lane of lost.lanesOf(consumer)) {
        const isThere = states.some((state) =>
          state.name === consumer.name && state.lane === lane
        );
        // A lane that is gone is done.
        if (!isThere) lost.settle(consumer, lane, () => true);
      }
      redelivery.made ??= redelivery.make();
      await redelivery.made.look();
    }
    await pages.readAll();
  };
  const flushAll = async (deadline: () => number) => {
    const flushed = await Promise.all(
      consumers.map(({ engine }) => engine.flush({ timeout: deadline() })),
    );
    return flushed.every((isDone) => isDone);
  };
  return {
    start: poll,
    open: own.open,
    take: (stored) => takeStored(lanes, options.capacity, stored),
    onSettled: pages.nudge,
    flush: async (deadline) => {
      await within(look().catch(report), deadline(), clock);
      let isDone = await flushAll(deadline);
      // What there was no room for is read from the store, page by page.
      while (isDone && pages.isBehind() && deadline() > 0) {
        await within(pages.readOn(), deadline(), clock);
        isDone = await flushAll(deadline);
      }
      const committed = [...lanes].map(({ ledger }) => ledger.committed());
      await within(Promise.all(committed), deadline(), clock);
      return isDone && !pages.isBehind() && !lost.isAny();
    },
    close: async () => {
      isClosed = true;
      pages.stop();
      cancelPoll();
      await Promise.all([
        ...[...lanes].map(({ ledger }) => ledger.close()),
        ...[...redeliveries.values()].map(({ made }) => made?.close()),
      ]);
    },
  };
}

/** What this client owns: its id, which is that of its lane, until it has lost that. */
interface Ownership {
  readonly id: () => string;
  /** Claims this client's own lane for each consumer, once. */
  readonly open: () => Promise<string | null>;
  /** Claims a lane for a consumer, where it is free. */
  readonly begin: (consumer: StoreConsumer, lane: string) => Promise<void>;
}

function createOwnership(
  options: LaneKeeperOptions,
  lanes: Set<Lane>,
  lost: ReturnType<typeof createLostEvents>,
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
    return lanes.has(lane);
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

function takeStored(
  lanes: Iterable<Lane>,
  capacity: number,
  stored: Parameters<LaneKeeper["take"]>[0],
): void {
  if (stored.length === 0) return;
  const last = stored[stored.length - 1]!.event.position;
  for (const lane of lanes) {
    if (!lane.isOwn) continue;
    const { consumer, ledger } = lane;
    lane.lastStored = Math.max(lane.lastStored, last);
    if (consumer.engine.pending() >= capacity) lane.isBehind = true;
    if (lane.isBehind) continue;
    const wanted = stored.filter(({ entry }) =>
      consumer.types.includes(entry.type) && isIncluded(consumer, entry)
    );
    ledger.read(last, wanted.map(({ event }) => event.position));
    if (wanted.length === 0) continue;
    consumer.engine.add(
      wanted.map(({ entry, event }) => itemOf(entry, { event, ledger })),
    );
  }
}

function isIncluded(consumer: StoreConsumer, entry: Entry): boolean {
  if (consumer.includes(entry)) return true;
  consumer.counts.recorded--;
  consumer.counts.unwanted++;
  return false;
}
