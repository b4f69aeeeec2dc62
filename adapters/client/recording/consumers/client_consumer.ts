import type { Engine, EngineCall } from "../../../delivery/engine/engine.ts";
import type { Sink, SinkEvent } from "../../../delivery/sink.ts";
import type { Entry } from "../entry.ts";
import type { ClientItem } from "./client_item.ts";
import type { ConsumerReport } from "./consumer_report.ts";

/** A consumer of what a client records: its tracking callback, or a sink. */
export interface ClientConsumer {
  /** Its name, as a store knows it. */
  readonly name: string;
  /** The types of events that it wants. */
  readonly types: readonly string[];
  /** Whether it wants something of those types. */
  readonly includes: (entry: Entry) => boolean;
  /** The same for an event that a store kept. */
  readonly includesEvent: (event: SinkEvent) => boolean;
  /** Calls the tracking callback with the exposure of an item; null for a sink. */
  readonly track: TrackingCall | null;
  /** The sink; null for the tracking callback. */
  readonly sink: Sink | null;
  /** Its counts. */
  readonly counts: ConsumerCounters;
}

/** Calls a tracking callback, and gives what it returns. */
export type TrackingCall = (item: ClientItem, call: EngineCall) => unknown;

/** Counts that change. */
export interface ConsumerCounters {
  recorded: number;
  delivered: number;
  parked: number;
  dropped: number;
  repeated: number;
  unwanted: number;
}

/** What a report tells of an engine. */
export type EngineView = Pick<
  Engine<ClientItem>,
  "unsettled" | "pausedBecause" | "lastError"
>;

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

/** How many are not settled, by the counts. */
export function pendingOf(
  { recorded, delivered, parked, dropped }: ConsumerCounters,
): number {
  return recorded - delivered - parked - dropped;
}

/** Whether a consumer wants an entry, by its type. */
export function wants({ types }: ClientConsumer, { type }: Entry): boolean {
  return types.includes(type);
}

/**
 * Gives the report on a consumer, or on the store, by its counts. `engine` delivers to it; `waiting` are
 * the entries that are not with the engine.
 */
export function reportOf(
  counts: ConsumerCounters,
  engine: EngineView,
  waiting: readonly Entry[],
): ConsumerReport {
  const pending = pendingOf(counts);
  return {
    ...counts,
    pending,
    // What was dropped at the end may still be with an engine.
    oldestPending: pending > 0 ? oldestOf(engine.unsettled(), waiting) : null,
    pausedBecause: engine.pausedBecause(),
    lastError: engine.lastError(),
  };
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
