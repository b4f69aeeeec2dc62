import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import type { Experiment } from "../../../../core/types/experiment.ts";
import type { ExperimentResult } from "../../../../core/types/result.ts";
import type { EngineItem } from "../../../delivery/engine/engine.ts";
import type { ParkingEvent } from "../../../log/port/parked_event.ts";
import type { Entry } from "../entry.ts";
import type { ExposedUser } from "./tracking_callback.ts";

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
  /** The call that was made with it before there was an engine; null where there is none. */
  begun: BegunCall | null;
}

/** A call that was made before there was an engine, and that the engine goes on with. */
export interface BegunCall {
  /** Gives what the call returned, or throws what it threw. */
  readonly outcome: () => unknown;
  /** Aborts its signal. */
  readonly abort: () => void;
}

/** An exposure as a tracking callback gets it after a restart. */
export type RebuiltExposure = readonly [
  Experiment,
  ExperimentResult,
  ExposedUser,
];

/** Where the item of a store is settled. */
export interface ItemLedger {
  /** Which lane its events are in; absent for parked ones that are delivered again. */
  readonly key?: { readonly lane?: string };
  /** Settles the event at a position. */
  readonly settle: (position: number) => void;
  /** Parks events, and settles them. */
  readonly park: (events: readonly ParkingEvent[]) => void;
  /** Whether its events may be handed over. */
  readonly isHeld: () => boolean;
}

/** Makes the item of an entry; `stored` is its place in a store. */
export function itemOf(
  entry: Entry,
  stored: Pick<ClientItem, "event" | "ledger"> = notStored,
): ClientItem {
  return {
    entry,
    event: stored.event,
    ledger: stored.ledger,
    isOwn: true,
    rebuild: null,
    order: 0,
    characters: entry.characters,
    begun: null,
  };
}

const notStored = { event: null, ledger: null };
