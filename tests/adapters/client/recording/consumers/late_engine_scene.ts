import type {
  ClientItem,
} from "../../../../../adapters/client/recording/consumers/client_item.ts";
import type {
  ClientConsumer,
  TrackingCall,
} from "../../../../../adapters/client/recording/consumers/client_consumer.ts";
import { createCounters } from "../../../../../adapters/client/recording/consumers/client_consumer.ts";
import {
  createLateEngine,
  type LateEngine,
} from "../../../../../adapters/client/recording/consumers/create_late_engine.ts";
import { createConsumerEngine } from "../../../../../adapters/client/recording/engines/create_consumer_engine.ts";
import { createEventMaker } from "../../../../../adapters/client/recording/entry.ts";
import { deliveryDelay } from "../../../../../adapters/support/time/backoff.ts";
import { systemClock } from "../../../../../adapters/support/time/clock.ts";

/** What a test of a late engine has. */
export interface LateScene {
  readonly late: LateEngine;
  /** Adds items, by their ids. */
  readonly add: (...ids: readonly string[]) => void;
  readonly settled: readonly string[];
  readonly dropped: readonly string[];
  readonly errors: readonly unknown[];
  /** The attempts to load the engine. */
  readonly loads: readonly PromiseWithResolvers<void>[];
}

/** Makes a late engine whose engine comes when the test says so, and what became of its items. */
export function scene(track: TrackingCall | null, capacity = 100): LateScene {
  const settled: string[] = [];
  const dropped: string[] = [];
  const errors: unknown[] = [];
  const loads: PromiseWithResolvers<void>[] = [];
  const consumer: ClientConsumer = {
    name: "tracking-callback",
    types: ["experiment.viewed"],
    includes: () => true,
    includesEvent: () => true,
    track,
    sink: null,
    counts: createCounters(),
  };
  const idsOf = (items: readonly ClientItem[]) =>
    items.map(({ event }) => event!.id);
  const onDropped = (items: readonly ClientItem[]) =>
    void dropped.push(...idsOf(items));
  const ports = {
    clock: systemClock,
    passed: () => Date.now(),
    delayAfter: (failures: number) => deliveryDelay(failures, () => 1),
    onError: (error: unknown) => errors.push(error),
    capacity,
    maxCharacters: Infinity,
    onDropped,
  };
  const late = createLateEngine({
    ...ports,
    track,
    onTaken: (item) => void settled.push(...idsOf([item])),
    load: async () => {
      const loading = Promise.withResolvers<void>();
      loads.push(loading);
      await loading.promise;
      return createConsumerEngine(consumer, {
        ...ports,
        maker: createEventMaker({
          createId: () => "",
          digest: () => undefined,
        }),
        onDelivered: (items) => void settled.push(...idsOf(items)),
        onParked: (items) => void settled.push(...idsOf(items)),
      });
    },
  });
  const add = (...ids: readonly string[]) =>
    ids.forEach((id) => late.add(item(id)));
  return { late, add, settled, dropped, errors, loads };
}

function item(id: string): ClientItem {
  const event = { id, position: 0, time: 1, type: "", version: 1, data: {} };
  return {
    entry: null,
    event,
    ledger: null,
    isOwn: true,
    rebuild: null,
    order: 0,
    characters: 1,
    begun: null,
  };
}

/** How long a flush may take. */
export const deadline = (): number => 1_000;
