import type { Experiment } from "../../../../core/types/experiment.ts";
import type { ExperimentResult } from "../../../../core/types/result.ts";
import type { ExposedUser } from "./tracking_callback.ts";
import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import type { ParkingEvent } from "../../../log/port/parked_event.ts";
import {
  createEngine,
  type Engine,
  type EngineCall,
  type EngineItem,
  type EngineOptions,
  type EngineParking,
} from "../../../delivery/engine/create_engine.ts";
import type { DeliverySettings } from "../../../delivery/machine/delivery_settings.ts";
import type { ConsumerReport } from "./consumer_report.ts";
import type { Entry } from "../entry.ts";

/** Something on its way to a consumer: an entry of this client, or an event that a store kept. */
export interface ClientItem extends EngineItem {
  /** What this client recorded; null for an event of a store. */
  readonly entry: Entry | null;
  /** The event, where it has a place in a store; null without a store. */
  readonly event: RecordedEvent | null;
  /** Where it is settled; null without a store. */
  readonly ledger: ItemLedger | null;
  /** Whether this client recorded it, and counts it. */
  readonly isOwn: boolean;
  /** Puts the exposure of a stored event together again; null where there is the entry. */
  readonly rebuild: (() => RebuiltExposure) | null;
}

/** An exposure as a tracking callback gets it after a restart. */
export type RebuiltExposure = readonly [
  Experiment,
  ExperimentResult,
  ExposedUser,
];

/** Where the item of a store is settled. */
export interface ItemLedger {
  /** Settles the event at a position. */
  readonly settle: (position: number) => void;
  /** Parks events, and settles them. */
  readonly park: (events: readonly ParkingEvent[]) => void;
  /** Whether its events may be handed over. */
  readonly isHeld: () => boolean;
}

/** One for whom a client records. */
export interface ClientConsumer {
  /** Its name, as a store knows it. */
  readonly name: string;
  /** The types of events that it wants. */
  readonly types: readonly string[];
  /** Whether it wants something of those types. */
  readonly includes: (entry: Entry) => boolean;
  /** Delivers. */
  readonly engine: Engine<ClientItem>;
  /** Its counts. */
  readonly counts: ConsumerCounters;
  /** What a line with a store adds: where items are settled, and what becomes of those that were lost. */
  readonly storage: ConsumerStorage;
  /** Gives the report on it; `waiting` are the entries that are not in its engine yet. */
  readonly report: (waiting: readonly Entry[]) => ConsumerReport;
  /** Gives back what it holds. */
  readonly close: () => unknown;
}

/** What a consumer is told of by a line with a store. */
export interface ConsumerStorage {
  /** The ledgers of the items in its engine. */
  readonly ledgers: Set<ItemLedger>;
  /** Is told of items that are another owner's now. */
  onLost: (items: readonly ClientItem[]) => void;
}

/** Counts that change. */
export interface ConsumerCounters {
  recorded: number;
  delivered: number;
  parked: number;
  dropped: number;
  repeated: number;
  unwanted: number;
}

/** What a consumer is made of. */
export interface ClientConsumerOptions extends
  Pick<
    EngineOptions<ClientItem>,
    "clock" | "random" | "onFailure"
  > {
  readonly name: string;
  readonly types: readonly string[];
  readonly includes: (entry: Entry) => boolean;
  readonly settings: DeliverySettings;
  /** The most items that it may have at once, and the most characters of them; the oldest go first. */
  readonly capacity: number;
  readonly maxCharacters: number;
  /** Hands items over. */
  readonly call: (items: readonly ClientItem[], call: EngineCall) => unknown;
  /** Is told of entries that were given up. */
  readonly onDropped: (entries: readonly Entry[]) => void;
  /** Is told after items were settled, in whatever way. */
  readonly onSettled: () => void;
  readonly close: () => unknown;
}

/** Makes the counts of a consumer, at their beginning. */
export function createCounters(): ConsumerCounters {
  return {
    recorded: 0,
    delivered: 0,
    parked: 0,
    dropped: 0,
    repeated: 0,
    unwanted: 0,
  };
}

/** Makes a consumer: an engine, and the counts of what this client recorded for it. */
export function createClientConsumer(
  options: ClientConsumerOptions,
): ClientConsumer {
  const counts = createCounters();
  const storage: ConsumerStorage = { ledgers: new Set(), onLost: () => {} };
  const count = (
    items: readonly ClientItem[],
    name: "delivered" | "parked" | "dropped",
  ) => {
    for (const { isOwn } of items) if (isOwn) counts[name]++;
  };
  const engine = createEngine<ClientItem>({
    settings: options.settings,
    capacity: options.capacity,
    maxCharacters: options.maxCharacters,
    call: options.call,
    onDelivered: (items) => {
      count(items, "delivered");
      for (const { event, ledger } of items) {
        if (ledger !== null) ledger.settle(event!.position);
      }
      options.onSettled();
    },
    onParked: (items, parking) => {
      count(items, "parked");
      park(items, parking);
      options.onSettled();
    },
    onDropped: (items) => {
      const lost = items.filter(({ ledger }) => ledger?.isHeld() === false);
      if (lost.length > 0) storage.onLost(lost);
      if (lost.length === items.length) return;
      const dropped = items.filter(({ ledger }) => ledger?.isHeld() !== false);
      count(dropped, "dropped");
      options.onDropped(dropped.flatMap(({ entry }) => entry ?? []));
      options.onSettled();
    },
    findLost: () => {
      let isAny = false;
      for (const ledger of storage.ledgers) {
        if (ledger.isHeld()) continue;
        storage.ledgers.delete(ledger);
        isAny = true;
      }
      return isAny ? ({ ledger }) => ledger?.isHeld() === false : null;
    },
    onFailure: options.onFailure,
    clock: options.clock,
    random: options.random,
  });
  return {
    name: options.name,
    types: options.types,
    includes: options.includes,
    engine,
    counts,
    storage,
    close: options.close,
    report: (waiting) => ({
      ...counts,
      pending: pendingOf(counts),
      oldestPending: oldestOf(engine.unsettled(), waiting),
      pausedBecause: engine.pausedBecause(),
      lastError: engine.lastError(),
    }),
  };
}

/** How many are not settled, by the counts. */
export function pendingOf(
  { recorded, delivered, parked, dropped }: ConsumerCounters,
): number {
  return recorded - delivered - parked - dropped;
}

function oldestOf(
  items: readonly ClientItem[],
  waiting: readonly Entry[],
): number | null {
  let oldest = waiting[0]?.time ?? Infinity;
  for (const { entry, event, isOwn } of items) {
    if (isOwn) oldest = Math.min(oldest, entry?.time ?? event!.time);
  }
  return oldest === Infinity ? null : oldest;
}

function park(
  items: readonly ClientItem[],
  { attempts, reason, message }: EngineParking,
): void {
  for (const { event, ledger } of items) {
    if (event === null || ledger === null) continue;
    ledger.park([{ event, attempts, reason, message }]);
  }
}
