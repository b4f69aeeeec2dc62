import type { Payload } from "../../../../core/types/payload.ts";
import type { PauseReason } from "../../../delivery/machine/delivery_state.ts";
import type { EventStore } from "../../../log/port/event_store.ts";
import type { ErasedUser } from "../../../log/port/is_about.ts";
import type { within } from "../../../support/time/within.ts";
import type { itemOf } from "../consumers/client_item.ts";
import type { Line, LineOptions } from "./line.ts";

/** The way of what a client records into a store, and from there to its consumers. */
export interface StoreLine extends Line {
  /** Forgets what is in memory of a user, as if it had never been recorded. */
  readonly forget: (user: ErasedUser) => void;
  /** Why nothing is stored; null where it is. */
  readonly pausedBecause: () => PauseReason | null;
  /** What the store said last; null where nothing was wrong. */
  readonly lastError: () => string | null;
}

/** What a line with a store is made with. */
export interface StoredLineOptions extends LineOptions {
  readonly store: EventStore;
  /** For how long an exposure is not stored again, in milliseconds. */
  readonly exposureAge: number;
  /** Makes the id of an owner of lanes, which is that of its own lane, too. */
  readonly createOwner: () => string;
  /** Makes items. What the first chunk has is handed over, so that it is not loaded twice. */
  readonly itemOf: typeof itemOf;
  /** Waits for something. */
  readonly within: typeof within;
  /** The payload, as things are. */
  readonly payload: () => Payload | null;
  /** Takes the line that is loaded, which goes on in the place of this one. */
  readonly become: (line: StoreLine) => void;
}
