import type { EngineCall } from "../../../delivery/engine/engine.ts";
import type { PauseReason } from "../../../delivery/machine/delivery_state.ts";
import type { Sink, SinkEvent } from "../../../delivery/sink.ts";
import type { Entry } from "../entry.ts";
import type { ConsumerReport } from "./consumer_report.ts";
import type { TrackingCallback } from "./tracking_callback.ts";

/** Whatever a report has counts of: a consumer, or the store. */
export interface Counted {
  /** Its name, as a store and reports know it. */
  readonly name: string;
  /** The types of events that it wants; null for all. */
  readonly types: readonly string[] | null;
  /** Its counts. */
  readonly counts: ConsumerCounters;
}

/** A consumer of what a client records: its tracking callback, or a sink. */
export interface ClientConsumer extends Counted {
  readonly types: readonly string[];
  /** Whether it wants an event of those types. */
  readonly includes: (event: SinkEvent) => boolean;
  /** The tracking callback; null for a sink. */
  readonly callback: TrackingCallback | null;
  /** Calls the tracking callback with an exposure of this client; null for a sink. */
  readonly track: TrackingCall | null;
  /** The sink; null for the tracking callback. */
  readonly sink: Sink | null;
}

/** Calls a tracking callback with the exposure of an entry, and gives what it returns. */
export type TrackingCall = (entry: Entry, call: EngineCall) => unknown;

/** Counts that change. */
export interface ConsumerCounters {
  recorded: number;
  delivered: number;
  parked: number;
  dropped: number;
  repeated: number;
  unwanted: number;
}

/** How the delivery to a consumer stands. */
export interface DeliveryView {
  /** What of this client's is with what delivers, and not settled. */
  readonly unsettled: readonly { readonly time: number }[];
  /** Why nothing is delivered; null where it is. */
  readonly pausedBecause: PauseReason | null;
  /** What went wrong last; null where nothing did. */
  readonly lastError: string | null;
}

/** Makes counts, at their beginning. */
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

/** How many are not settled, by the counts. */
export function pendingOf(
  { recorded, delivered, parked, dropped }: ConsumerCounters,
): number {
  return recorded - delivered - parked - dropped;
}

/** Whether something of a type is wanted. */
export function wants({ types }: Counted, { type }: Entry): boolean {
  return types === null || types.includes(type);
}

/** Gives the report by the counts. `waiting` are the entries that are not with what delivers. */
export function reportOf(
  { counts }: Counted,
  { unsettled, ...state }: DeliveryView,
  waiting: readonly Entry[],
): ConsumerReport {
  const pending = pendingOf(counts);
  let oldest = Infinity;
  for (const { time } of [...unsettled, ...waiting]) {
    oldest = Math.min(oldest, time);
  }
  // What was dropped at the end may still be with an engine.
  const oldestPending = pending > 0 && oldest < Infinity ? oldest : null;
  return { ...counts, pending, oldestPending, ...state };
}
