import type { EventsDroppedData } from "../../../../core/events/types/tracking_event.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import type { EventStore } from "../../../log/port/event_store.ts";
import type { ErasedUser } from "../../../log/port/is_about.ts";
import type { Clock } from "../../../support/time/clock.ts";
import type { within } from "../../../support/time/within.ts";
import type { beginCall } from "../consumers/begin_call.ts";
import type {
  ClientConsumer,
  DeliveryView,
} from "../consumers/client_consumer.ts";
import type { Entry, EventMaker } from "../entry.ts";
import type { Tally } from "./create_tally.ts";
import type { WaitingList } from "./create_waiting_list.ts";

/** The way of what a client records to its consumers, straight or by way of a store. */
export interface Line {
  /** Takes an entry at once, while nothing waits and nothing is paused; null where it has to wait. */
  readonly give: ((entry: Entry) => void) | null;
  /** Has the store told of a loss; absent where there is none. */
  readonly lose?: (loss: EventsDroppedData) => void;
  /** Says that something waits, and may go on. */
  readonly nudge: () => void;
  /** Delivers nothing more. */
  readonly pause: () => void;
  /** Delivers again. */
  readonly resume: () => void;
  /** How the delivery stands to the consumer of a name, or to the store. */
  readonly viewOf: (name: string) => DeliveryView;
  /** The entries that do not wait any more and are with no consumer yet. */
  readonly inHand: () => readonly Entry[];
  /** Waits until everything is where it belongs: true where it is in time. */
  readonly flush: (deadline: () => number) => Promise<boolean>;
  /** Forgets what is in memory of a user whom the store erased, as if it had never been recorded. */
  readonly forget: (user: ErasedUser) => void;
  /** Ends it, and gives the entries that it has and did not count as dropped. */
  readonly stop: () => readonly Entry[];
  /** Gives back what it holds. */
  readonly close: () => Promise<unknown>;
}

/** What a line is made with. */
export interface LineOptions {
  readonly store?: EventStore | undefined;
  readonly consumers: readonly ClientConsumer[];
  /** What waits: the line takes it from there, unless it is paused. */
  readonly waiting: WaitingList<Entry>;
  readonly isPaused: () => boolean;
  /** Counts what becomes of entries. */
  readonly tally: Tally;
  /** Makes events. */
  readonly maker: EventMaker;
  /** Tells subscribers of an entry, where there are any. */
  readonly tell: (entry: Entry) => void;
  /** Records that something was lost. */
  readonly recordLoss: (loss: EventsDroppedData) => void;
  /** The most items that a consumer may have at once, and the most characters of them. */
  readonly capacity: number;
  readonly maxCharacters: number;
  /** For how long an exposure is not stored again, in milliseconds. */
  readonly exposureAge: number;
  /** Makes the id of an owner of lanes, which is that of its own lane, too. */
  readonly createOwner: () => string;
  /** The payload, as things are. */
  readonly payload: () => Payload | null;
  /** Calls a tracking callback. What the first chunk has is handed over, so that it is not loaded twice. */
  readonly beginCall: typeof beginCall;
  /** Waits for something. */
  readonly within: typeof within;
  readonly clock: Clock;
  /** How long to wait for the next attempt after so many failures in a row, in milliseconds. */
  readonly delayAfter: (failures: number) => number;
  /** How many milliseconds have passed since some moment. */
  readonly passed: () => number;
  /** Is told of what goes wrong. Does not throw. */
  readonly onError: (error: unknown) => void;
}

/** What a line with a store is made with. */
export interface StoredLineOptions extends LineOptions {
  readonly store: EventStore;
}
