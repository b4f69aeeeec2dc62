import { createRedelivery } from "../../../../delivery/store/create_redelivery.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";
import { makeStoreItem } from "../make_store_item.ts";
import type { LaneOptions } from "./lane_options.ts";
import type { Ownership } from "./create_ownership.ts";
import type { LanePages } from "./lane_pages.ts";
import type { LostEvents } from "./lost_events.ts";
import { surveyLanes } from "./survey_lanes.ts";

/** Looks for lanes whose owner is gone, and for parked events that are due. */
export interface LaneWatch {
  /** Looks now, and from time to time. */
  readonly start: () => void;
  /** Looks now. Rejects where the store does. */
  readonly look: () => Promise<void>;
  /** Looks no more. Never rejects. */
  readonly close: () => Promise<unknown>;
}

/** How often lanes are looked for whose owner is gone, and parked events that are due; milliseconds. */
const pollInterval = 5_000;

/** Makes the watch: `own` claims the lanes, `pages` reads them, and `lost` hears what became of its events. */
export function createLaneWatch(
  options: LaneOptions,
  own: Ownership,
  lost: LostEvents,
  pages: LanePages,
): LaneWatch {
  const { store, consumers, clock, signal, report } = options;
  const redeliveries = createRedeliveries(options, own.id);
  let cancelPoll = () => {};
  let isClosed = false;

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
  return {
    start: poll,
    look,
    close: () => {
      isClosed = true;
      cancelPoll();
      return redeliveries.close();
    },
  };
}

/** What delivers parked events again, for each consumer; it is made at the first look. */
function createRedeliveries(options: LaneOptions, owner: () => string) {
  const make = ({ name, engine, storage }: StoreConsumer) =>
    createRedelivery({
      ...options,
      keepsAlive: false,
      name,
      owner: owner(),
      engine: {
        add: (items) => {
          for (const { ledger } of items) storage.ledgers.add(ledger);
          engine.add(
            items.map(({ event, ledger }) =>
              makeStoreItem(event, ledger, false, options)
            ),
          );
        },
        forget: engine.forget,
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
