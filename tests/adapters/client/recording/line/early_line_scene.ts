import { beginCall } from "../../../../../adapters/client/recording/consumers/begin_call.ts";
import {
  type ClientConsumer,
  type ConsumerCounters,
  createCounters,
  type DeliveryView,
  type TrackingCall,
} from "../../../../../adapters/client/recording/consumers/client_consumer.ts";
import { createExposureMarks } from "../../../../../adapters/client/recording/decisions/exposure_marks.ts";
import {
  createEventMaker,
  type Entry,
} from "../../../../../adapters/client/recording/entry.ts";
import { createEarlyLine } from "../../../../../adapters/client/recording/line/create_early_line.ts";
import { createTally } from "../../../../../adapters/client/recording/line/create_tally.ts";
import { createWaitingList } from "../../../../../adapters/client/recording/line/create_waiting_list.ts";
import { importLine } from "../../../../../adapters/client/recording/line/import_line.ts";
import type { Line } from "../../../../../adapters/client/recording/line/line.ts";
import { sink } from "../../../../../adapters/delivery/sink.ts";
import { deliveryDelay } from "../../../../../adapters/support/time/backoff.ts";
import { systemClock } from "../../../../../adapters/support/time/clock.ts";
import { within } from "../../../../../adapters/support/time/within.ts";

/** What a test of an early line has. */
export interface EarlyScene {
  /** Records exposures, by their ids. */
  readonly add: (...ids: readonly string[]) => void;
  readonly flush: () => Promise<boolean>;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
  readonly view: () => DeliveryView;
  readonly counts: ConsumerCounters;
  /** The ids of those that were taken, in the order in which they were recorded. */
  readonly taken: () => readonly string[];
  readonly dropped: readonly string[];
  readonly errors: readonly unknown[];
  /** The attempts to load the line with engines, but for the first, which a server makes ahead. */
  readonly loads: readonly PromiseWithResolvers<void>[];
}

/** Makes an early line of one consumer, whose engine comes when the test says so; null makes it a sink. */
export function scene(track: TrackingCall | null, capacity = 100): EarlyScene {
  const added: string[] = [];
  const dropped: string[] = [];
  const errors: unknown[] = [];
  const loads: PromiseWithResolvers<void>[] = [];
  const counts = createCounters();
  const consumer: ClientConsumer = {
    name: "consumer",
    types: ["experiment.viewed"],
    includes: () => true,
    callback: () => {},
    track,
    sink: track === null ? sink({ name: "consumer", send: () => {} }) : null,
    counts,
  };
  const marks = createExposureMarks({
    exposureCapacity: 1,
    exposureAge: 1,
    maxCharacters: 1,
  });
  const tally = createTally([consumer], false, marks, () => {});
  let isPaused = false;
  let isAhead = true;
  let line: Line = createEarlyLine(
    {
      consumers: [consumer],
      waiting: createWaitingList({ capacity, maxCharacters: Infinity }),
      isPaused: () => isPaused,
      tally: {
        ...tally,
        giveUp: (entries) => void dropped.push(...idsOf(entries)),
      },
      maker: createEventMaker({
        createId: () => "",
        digest: () => undefined,
        userOf: () => ({ level: "identity", attributes: {} }),
        prepare: () => null,
      }),
      tell: () => {},
      recordLoss: () => {},
      capacity,
      maxCharacters: Infinity,
      exposureAge: 0,
      createOwner: () => "",
      payload: () => null,
      beginCall,
      within,
      clock: systemClock,
      delayAfter: (failures) => deliveryDelay(failures, () => 1),
      passed: () => Date.now(),
      onError: (error) => errors.push(error),
    },
    (late) => line = late,
    async (...args) => {
      if (isAhead) return importLine(...args);
      const loading = Promise.withResolvers<void>();
      loads.push(loading);
      await loading.promise;
      return importLine(...args);
    },
  );
  isAhead = false;
  const view = () => line.viewOf("consumer");
  return {
    add: (...ids) => {
      for (const id of ids) {
        added.push(id);
        counts.recorded++;
        line.give!(entryOf(id));
      }
    },
    flush: () => line.flush(() => 1_000),
    pause: () => {
      isPaused = true;
      line.pause();
    },
    resume: () => {
      isPaused = false;
      line.resume();
    },
    stop: () => void line.stop(),
    view,
    counts,
    taken: () => {
      const left = [...dropped, ...idsOf(view().unsettled as Entry[])];
      return added.filter((id) => !left.includes(id));
    },
    dropped,
    errors,
    loads,
  };
}

function entryOf(id: string): Entry {
  return {
    type: "experiment.viewed",
    time: 1,
    characters: 1,
    exposure: null,
    data: {},
    user: null,
    id,
    event: { id, time: 1, type: "", version: 1, data: {} },
  };
}

/** Gives the ids of entries. */
export function idsOf(entries: readonly Entry[]): string[] {
  return entries.map(({ event }) => event!.id);
}
