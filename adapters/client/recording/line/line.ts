import type { Clock } from "../../../support/time/clock.ts";
import type {
  ClientConsumer,
  EngineView,
} from "../consumers/client_consumer.ts";
import type { Entry, EventMaker } from "../entry.ts";
import type { Tally } from "./create_tally.ts";
import type { WaitingList } from "./create_waiting_list.ts";

/** The way of what a client records to its consumers, straight or by way of a store. */
export interface Line {
  /** Takes an entry at once, while nothing waits and nothing is paused; null where it has to wait. */
  readonly give: ((entry: Entry) => void) | null;
  /** Says that something waits, and may go on. */
  readonly nudge: () => void;
  /** Delivers nothing more. */
  readonly pause: () => void;
  /** Delivers again. */
  readonly resume: () => void;
  /** What delivers to a consumer. */
  readonly viewOf: (consumer: ClientConsumer) => EngineView;
  /** The entries that do not wait any more and are with no consumer yet. */
  readonly inHand: () => readonly Entry[];
  /** Waits until everything is where it belongs: true where it is in time. */
  readonly flush: (deadline: () => number) => Promise<boolean>;
  /** Ends it, and gives the entries that it has and did not count as dropped. */
  readonly stop: () => readonly Entry[];
  /** Gives back what it holds. */
  readonly close: () => Promise<unknown>;
}

/** What a line is made with. */
export interface LineOptions {
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
  /** The most items that a consumer may have at once, and the most characters of them. */
  readonly capacity: number;
  readonly maxCharacters: number;
  readonly clock: Clock;
  /** How long to wait for the next attempt after so many failures in a row, in milliseconds. */
  readonly delayAfter: (failures: number) => number;
  /** How many milliseconds have passed since some moment. */
  readonly passed: () => number;
  /** Is told of what goes wrong. Does not throw. */
  readonly onError: (error: unknown) => void;
}
