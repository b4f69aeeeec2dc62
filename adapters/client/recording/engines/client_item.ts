import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import type { Experiment } from "../../../../core/types/experiment.ts";
import type { ExperimentResult } from "../../../../core/types/result.ts";
import type { EngineItem } from "../../../delivery/engine/engine.ts";
import type { ParkingEvent } from "../../../log/port/parked_event.ts";
import type { BegunCall } from "../consumers/begin_call.ts";
import type { Entry } from "../entry.ts";
import type { ExposedUser } from "../consumers/tracking_callback.ts";

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

/** Makes the item of an entry; `place` is what is known of it apart from that. */
export function itemOf(
  entry: Entry,
  place: Partial<Pick<ClientItem, "event" | "ledger" | "begun">> = {},
): ClientItem {
  const { event = null, ledger = null, begun = null } = place;
  return {
    entry,
    event,
    ledger,
    isOwn: true,
    rebuild: null,
    order: 0,
    characters: entry.characters,
    begun,
  };
}
