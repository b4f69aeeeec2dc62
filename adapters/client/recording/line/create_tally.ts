import type { DropReason } from "../../../../core/events/types/tracking_event.ts";
import {
  type ClientConsumer,
  type ConsumerCounters,
  type Counted,
  createCounters,
  pendingOf,
  wants,
} from "../consumers/client_consumer.ts";
import { storeName } from "../consumers/consumer_report.ts";
import { type Entry, identityOf } from "../entry.ts";
import type { ExposureMarks } from "../decisions/exposure_marks.ts";

/** Counts what becomes of entries, for each consumer and for the store. */
export interface Tally {
  /** Whatever has counts: the consumers, and the store where there is one. */
  readonly counted: readonly Counted[];
  /** The counts of the store, where there is one. */
  readonly stored: ConsumerCounters;
  /** Counts an entry for all that want its type. */
  readonly count: (
    entry: Entry,
    name: keyof ConsumerCounters,
    by: number,
  ) => void;
  /** Counts entries as dropped, for all that want them. */
  readonly drop: (entries: readonly Entry[], reason: DropReason) => void;
  /** Is told of entries that were given up for one consumer, or for all. */
  readonly giveUp: (
    entries: readonly Entry[],
    reason: DropReason,
    consumer: string | null,
  ) => void;
  /** Forgets that entries were recorded, as if they had never been. */
  readonly forget: (entries: readonly Entry[]) => void;
  /** Counts all that is pending as dropped. */
  readonly abandon: () => void;
  /** Which exposures were recorded. */
  readonly exposures: ExposureMarks;
  /** How many are not settled. */
  readonly pending: () => number;
  /** How many were lost. */
  readonly lost: () => number;
}

/** Makes the counts. `tellLoss` is told of each entry that is given up. */
export function createTally(
  consumers: readonly ClientConsumer[],
  isStored: boolean,
  exposures: ExposureMarks,
  tellLoss: (type: string, reason: DropReason, consumer: string | null) => void,
): Tally {
  const store = { name: storeName, types: null, counts: createCounters() };
  const counted = isStored ? [...consumers, store] : consumers;
  const sum = (of: (counts: ConsumerCounters) => number) =>
    counted.reduce((total, { counts }) => total + of(counts), 0);
  const count: Tally["count"] = (entry, name, by) => {
    for (const each of counted) if (wants(each, entry)) each.counts[name] += by;
  };
  const unmark = ({ exposure }: Entry) => {
    if (exposure !== null) exposures.unmark(identityOf(exposure.viewed));
  };
  // What no consumer gets must not keep its like from being recorded.
  const giveUp: Tally["giveUp"] = (entries, reason, consumer) => {
    for (const entry of entries) {
      unmark(entry);
      tellLoss(entry.type, reason, consumer);
    }
  };
  return {
    counted,
    stored: store.counts,
    count,
    giveUp,
    drop: (entries, reason) => {
      for (const entry of entries) count(entry, "dropped", 1);
      giveUp(entries, reason, null);
    },
    forget: (entries) => {
      for (const entry of entries) {
        count(entry, "recorded", -1);
        unmark(entry);
      }
    },
    abandon: () => {
      for (const { counts } of counted) counts.dropped += pendingOf(counts);
    },
    exposures,
    pending: () => sum(pendingOf),
    lost: () => sum(({ parked, dropped }) => parked + dropped),
  };
}
