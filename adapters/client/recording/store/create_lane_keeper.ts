import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import type { StoredEvent } from "../../../log/port/event_store.ts";
import {
  createLedger,
  type Ledger,
} from "../../../delivery/store/create_ledger.ts";
import {
  createLogReader,
  type LogReader,
} from "../../../delivery/store/create_log_reader.ts";
import { createRedelivery } from "../../../delivery/store/create_redelivery.ts";
import { isSettled } from "../../../log/port/checkpoint.ts";
import { redeliveryLane, wholeLog } from "../../../log/port/consumer_key.ts";
import { within } from "../../../support/within.ts";
import {
  type ClientItem,
  type ItemLedger,
  itemOf,
} from "../consumers/client_item.ts";
import type { Entry } from "../entry.ts";
import type { StoredLineOptions } from "../line/create_stored_line.ts";
import type { StoreConsumer } from "./create_store_consumer.ts";
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

/** A lane that is delivered for a consumer. */
interface Lane {
  readonly consumer: StoreConsumer;
  readonly ledger: Ledger;
  readonly reader: LogReader;
  readonly isOwn: boolean;
  /** Whether what is stored goes to the consumer by way of the store: there was no room in memory. */
  isBehind: boolean;
  lastStored: number;
}

/** Makes the keeper. */
export function createLaneKeeper(options: LaneKeeperOptions): LaneKeeper {
  const { store, consumers, capacity, clock, signal, report } = options;
  const ports = { ...options, keepsAlive: false };
  let owner: string | null = null;
  let opening: Promise<void> | null = null;
  let cancelPoll = () => {};
  let isClosed = false;
  const lanes = new Set<Lane>();
  const ownLanes = new Set<string>();
  // Positions of this client's events in lanes that it has lost, by consumer and lane.
  const lost = new Map<StoreConsumer, Map<string, Set<number>>>();
  const redeliveries = new Map<
    StoreConsumer,
    ReturnType<typeof createRedelivery>
  >();
  const ownerId = () => owner ??= options.createOwner();
  const storeItemOf =
    (ledger: ItemLedger, isOwn: boolean) => (event: RecordedEvent) =>
      makeStoreItem(event, ledger, isOwn, {
        payload: options.payload,
        digest: options.maker.digest,
      });

  const begin = async (consumer: StoreConsumer, lane: string) => {
    const key = { name: consumer.name, lane };
    const claim = await store.claim(key, ownerId());
    if (claim === null) return;
    const isOwn = lane === owner;
    const ledger = createLedger({
      ...ports,
      store,
      key,
      owner: ownerId(),
      claim,
      onLost: () => consumer.engine.catchUp(),
    });
    const isCounted = ownLanes.has(lane);
    const reader = createLogReader({
      store,
      ledger,
      unsettled: claim.checkpoint.unsettled,
      engine: consumer.engine,
      name: consumer.name,
      types: consumer.types,
      limit: Math.min(1_000, capacity),
      onPassed: () => {},
      makeItem: storeItemOf(ledger, isCounted),
    });
    consumer.storage.ledgers.add(ledger);
    consumer.storage.onLost = (items) => noteLost(consumer, items, lane);
    lanes.add({
      consumer,
      ledger,
      reader,
      isOwn,
      isBehind: false,
      lastStored: 0,
    });
    if (isCounted) lost.get(consumer)?.delete(lane);
  };
  // What another owner has now is still pending, until the store says what became of it.
  const noteLost = (
    consumer: StoreConsumer,
    items: readonly ClientItem[],
    lane: string,
  ) => {
    for (const each of lanes) {
      if (each.consumer === consumer && !each.ledger.isHeld()) {
        lanes.delete(each);
        if (each.isOwn) {
          owner = null;
          opening = null;
        }
      }
    }
    const byLane = lost.get(consumer) ?? new Map<string, Set<number>>();
    lost.set(consumer, byLane);
    const positions = byLane.get(lane) ?? new Set<number>();
    byLane.set(lane, positions);
    for (const { event, isOwn } of items) {
      if (isOwn && event !== null) positions.add(event.position);
    }
  };
  const openOnce = async () => {
    const id = ownerId();
    ownLanes.add(id);
    for (const consumer of consumers) await begin(consumer, id);
  };
  const open = async (): Promise<string | null> => {
    if (consumers.length === 0) return null;
    opening ??= openOnce();
    try {
      await opening;
    } catch (error) {
      opening = null;
      throw error;
    }
    return owner;
  };

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
      countLost(consumer, lane, (position) => isSettled(checkpoint, position));
      if (holder !== null || isClosed) continue;
      await begin(consumer, lane);
    }
    for (const consumer of consumers) {
      for (const lane of lost.get(consumer)?.keys() ?? []) {
        const isThere = states.some((state) =>
          state.name === consumer.name && state.lane === lane
        );
        // A lane that is gone is done.
        if (!isThere) countLost(consumer, lane, () => true);
      }
      await redeliveryOf(consumer).look();
    }
    await readAll();
  };
  const countLost = (
    consumer: StoreConsumer,
    lane: string,
    isDone: (position: number) => boolean,
  ) => {
    const positions = lost.get(consumer)?.get(lane);
    if (positions === undefined) return;
    for (const position of positions) {
      if (!isDone(position)) continue;
      positions.delete(position);
      consumer.counts.delivered++;
    }
    if (positions.size === 0) lost.get(consumer)!.delete(lane);
  };
  const redeliveryOf = (consumer: StoreConsumer) => {
    let redelivery = redeliveries.get(consumer);
    if (redelivery === undefined) {
      redelivery = createRedelivery({
        ...ports,
        store,
        name: consumer.name,
        owner: ownerId(),
        engine: {
          add: (items) =>
            consumer.engine.add(
              items.map(({ event, ledger }) =>
                storeItemOf(ledger, false)(event)
              ),
            ),
        },
      });
      redeliveries.set(consumer, redelivery);
    }
    return redelivery;
  };
  const readAll = async () => {
    for (const lane of [...lanes]) {
      if (!lane.ledger.isHeld()) continue;
      if (lane.isOwn && !lane.isBehind) continue;
      await lane.reader.read();
      if (!lane.reader.isAtEnd()) continue;
      if (lane.isOwn) {
        if (lane.ledger.readTo() >= lane.lastStored) lane.isBehind = false;
      } else await endAdopted(lane);
    }
  };
  // An adopted lane gets no new events: once it is settled, it is done.
  const endAdopted = async (lane: Lane) => {
    if (lane.ledger.room() < 1_000 || lane.consumer.engine.pending() > 0) {
      return;
    }
    lanes.delete(lane);
    lane.consumer.storage.ledgers.delete(lane.ledger);
    await lane.ledger.close();
  };
  let reading: Promise<void> | null = null;
  let isMore = false;
  const readOn = async () => {
    while (isMore && !isClosed) {
      isMore = false;
      await readAll();
    }
  };
  const onSettled = () => {
    isMore = false;
    for (const lane of lanes) isMore ||= !lane.isOwn || lane.isBehind;
    if (!isMore || isClosed) return;
    reading ??= readOn().catch(report).finally(() => {
      reading = null;
    });
  };
  const isBehind = () => [...lanes].some((lane) => lane.isBehind);

  return {
    start: poll,
    open,
    take: (stored) => {
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
    },
    onSettled,
    flush: async (deadline) => {
      await within(look().catch(report), deadline(), clock);
      const flushAll = () =>
        Promise.all(
          consumers.map(({ engine }) => engine.flush({ timeout: deadline() })),
        );
      let all = await flushAll();
      // What there was no room for is read from the store, page by page.
      while (all.every((isDone) => isDone) && isBehind() && deadline() > 0) {
        isMore = true;
        await within(readOn().catch(report), deadline(), clock);
        all = await flushAll();
      }
      await within(
        Promise.all([...lanes].map(({ ledger }) => ledger.committed())),
        deadline(),
        clock,
      );
      return all.every((isDone) => isDone) && !isBehind() && lost.size === 0;
    },
    close: async () => {
      isClosed = true;
      cancelPoll();
      await Promise.all([
        ...[...lanes].map(({ ledger }) => ledger.close()),
        ...[...redeliveries.values()].map((each) => each.close()),
      ]);
    },
  };
}

function isIncluded(consumer: StoreConsumer, entry: Entry): boolean {
  if (consumer.includes(entry)) return true;
  consumer.counts.recorded--;
  consumer.counts.unwanted++;
  return false;
}
