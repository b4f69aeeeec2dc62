import { createRedelivery } from "../../../../delivery/store/create_redelivery.ts";
import type { StoredLineOptions } from "../../line/create_stored_line.ts";
import type { Entry } from "../../entry.ts";
import { wants } from "../../consumers/client_consumer.ts";
import type { Lane } from "./begin_lane.ts";
import { createOwnership } from "./create_ownership.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";
import { createLanePages } from "./lane_pages.ts";
import { createLostEvents } from "./lost_events.ts";
import { makeStoreItem } from "../make_store_item.ts";
import { surveyLanes } from "./survey_lanes.ts";
import { type StoredEntry, takeStored } from "./take_stored.ts";

/** The lanes of a store that a client delivers: its own, and those that it has adopted. */
export interface LaneKeeper {
  /** Looks for lanes whose owner is gone, now and from time to time. */
  readonly start: () => void;
  /**
   * Claims a lane for what is appended next, and gives its id; null where there is no consumer. What may
   * have been appended to a lane before goes there again, as long as a consumer has that.
   */
  readonly open: (tried: string | null) => Promise<string | null>;
  /** Takes what was stored to a lane, and gives it to the consumers that want it. */
  readonly take: (stored: readonly StoredEntry[], lane: string) => void;
  /** Is told that a consumer settled something: there may be room to read on. */
  readonly onSettled: () => void;
  /** Waits until all consumers have settled what they have, and the store knows that. */
  readonly flush: (deadline: () => number) => Promise<boolean>;
  /**
   * Is told what is given up, as it had no answer from the store. What was read there all the same is
   * counted already, and taken off from what is to be counted as dropped.
   */
  readonly giveUp: (entries: readonly Entry[]) => void;
  /** Gives back all lanes. Never rejects. */
  readonly close: () => Promise<void>;
}

/** What keeping lanes needs. */
export interface LaneKeeperOptions extends
  Pick<
    StoredLineOptions,
    | "store"
    | "capacity"
    | "clock"
    | "passed"
    | "delayAfter"
    | "payload"
    | "maker"
    | "createOwner"
    | "itemOf"
    | "within"
  > {
  /** The consumers, with their engines. */
  readonly consumers: readonly StoreConsumer[];
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Is told of what the store rejects with. Does not throw. */
  readonly report: (error: unknown) => void;
}

/** How often lanes are looked for whose owner is gone, and parked events that are due; milliseconds. */
const pollInterval = 5_000;

/** Makes the keeper. */
export function createLaneKeeper(options: LaneKeeperOptions): LaneKeeper {
  const { store, consumers, clock, within, signal, report } = options;
  const lanes = new Set<Lane>();
  const pages = createLanePages(lanes, report);
  const lost = createLostEvents();
  const own = createOwnership(options, lanes, lost);
  let cancelPoll = () => {};
  let isClosed = false;

  const redeliveries = createRedeliveries(options, own.id);
  const poll = () => {
    cancelPoll();
    if (isClosed || signal.aborted) return;
    void look().catch(report).finally(() => {
      if (isClosed || signal.aborted) return;
      cancelPoll = clock.setTimer(poll, pollInterval, false);
    });
  };
  const look = async () => {
    if (!isClosed) await own.retry();
    const newest = lost.newest();
    const survey = surveyLanes(
      await store.consumers(),
      consumers,
      lost.lanesOf,
    );
    for (const { consumer, lane, checkpoint } of survey.lanes) {
      lost.settle(consumer, lane, checkpoint);
    }
    for (const { consumer, lane } of survey.gone) {
      lost.settle(consumer, lane, { position: newest, unsettled: [] });
    }
    for (const { consumer, lane, isFree } of survey.lanes) {
      if (isFree && !isClosed) await own.begin(consumer, lane);
    }
    await redeliveries.look();
    await pages.readAll();
  };
  // It was stored to a lane that another client has, or had: who has it reads it.
  const takeLost = (
    consumer: StoreConsumer,
    name: string,
    stored: readonly StoredEntry[],
  ) => {
    const wanted = stored.filter(({ entry, event }) =>
      consumer.types.includes(entry.type) &&
      !own.hasRead(consumer, name, event.position)
    );
    if (wanted.length === 0 || signal.aborted) return;
    lost.note(consumer, name, wanted.map(({ event }) => event));
    own.begin(consumer, name).then(pages.nudge, report);
  };
  const readTo = () =>
    [...lanes].reduce((sum, { ledger }) => sum + ledger.readTo(), 0);
  const flushAll = async (deadline: () => number) => {
    const flushed = await Promise.all(
      consumers.map(({ engine }) => engine.flush({ timeout: deadline() })),
    );
    return flushed.every((isDone) => isDone);
  };
  return {
    start: poll,
    open: own.open,
    take: (stored, name) => {
      if (stored.length === 0) return;
      for (const consumer of consumers) {
        const lane = own.find(consumer, name);
        if (lane?.isOwn) {
          // A batch that was tried again may have been read from a lane that is lost now.
          lost.forget(consumer, stored.map(({ event }) => event));
          takeStored(lane, options, stored);
        } else takeLost(consumer, name, stored);
      }
    },
    onSettled: pages.nudge,
    flush: async (deadline) => {
      await within(look().catch(report), deadline(), clock);
      let isDone = await flushAll(deadline);
      // What there was no room for is read from the store, page by page.
      while (isDone && pages.isBehind() && deadline() > 0) {
        const before = readTo();
        await within(pages.readOn(), deadline(), clock);
        isDone = await flushAll(deadline);
        // Where the store fails there is nothing more to be had at once.
        if (pages.isBehind() && readTo() === before) {
          await within(new Promise(() => {}), Math.min(500, deadline()), clock);
        }
      }
      const committed = [...lanes].map(({ ledger }) => ledger.committed());
      await within(Promise.all(committed), deadline(), clock);
      return isDone && !pages.isBehind() && !lost.isAny();
    },
    giveUp: (entries) => {
      for (const { consumer, behind } of lanes) {
        const wanted = entries.filter((entry) => wants(consumer, entry)).length;
        consumer.counts.dropped -= Math.min(wanted, Math.max(0, -behind));
      }
    },
    close: async () => {
      isClosed = true;
      pages.stop();
      cancelPoll();
      await Promise.all([
        ...[...lanes].map(({ ledger }) => ledger.close()),
        redeliveries.close(),
      ]);
    },
  };
}

/** What delivers parked events again, for each consumer; it is made at the first look. */
function createRedeliveries(options: LaneKeeperOptions, owner: () => string) {
  const make = ({ name, engine }: StoreConsumer) =>
    createRedelivery({
      ...options,
      keepsAlive: false,
      name,
      owner: owner(),
      engine: {
        add: (items) =>
          engine.add(
            items.map(({ event, ledger }) =>
              makeStoreItem(event, ledger, false, options)
            ),
          ),
      },
    });
  const made = new Map<StoreConsumer, ReturnType<typeof make>>();
  return {
    look: async () => {
      for (const consumer of options.consumers) {
        const redelivery = made.get(consumer) ?? make(consumer);
        made.set(consumer, redelivery);
        await redelivery.look();
      }
    },
    close: () => Promise.all(Array.from(made.values(), (each) => each.close())),
  };
}
