import type { Observable } from "../support/observable.ts";
import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/types/recorded_event.ts";

/** The first and last positions that a store holds; both 0 where it never held an event. */
export interface StorePositions {
  /** The position of the oldest event that is still there; `last + 1` where all were pruned. */
  readonly first: number;
  /** The position of the newest event that ever was there. */
  readonly last: number;
  /**
   * How often events got other positions while the store was open, or came before what had been read:
   * who goes by positions of its own reads again from the start where this changed since. Left out
   * where it never happened, as in most stores.
   */
  readonly moves?: number;
  /**
   * The last position that is sure to stay what it is. Left out where all of them are, as is the
   * rule; `durableStore` tells it while its disk fails.
   */
  readonly certain?: number;
}

/**
 * A place to keep events, in the order in which they came. It is append-only: what is in it
 * never changes, and leaves it only by `prune`, oldest first.
 */
export interface EventStore {
  /**
   * Appends events, all or none of them, and gives them with their positions, in the order given.
   * One whose id is there already (also one that was pruned within the store's memory of ids) is
   * not added again: it comes back with the position that it has. Rejects where the store can't
   * take them; the same call can then be made again. Rejects with a `TypeError`, and takes none of
   * them, where one has an empty `id` or `type`, a `time` that is not finite, a `version` that is no
   * whole number from 1, or `data` or a `user` that is no object which JSON can be made of.
   */
  readonly append: (
    events: readonly NewEvent[],
  ) => Promise<readonly RecordedEvent[]>;
  /**
   * Gives the events after a position, oldest first, at most `limit` (default 1,000) of them;
   * `Infinity` is all there are. Rejects with a `RangeError` where one of them is NaN or negative, as
   * all that take a position do.
   */
  readonly read: (
    after: number,
    limit?: number,
  ) => Promise<readonly RecordedEvent[]>;
  /** Says that there may be something new to read. A hint: it may be late, repeated or missing. */
  readonly wakeups: Observable<void>;
  /** The position up to which a consumer is done; 0 where it never committed. Any text is a name. */
  readonly checkpoint: (consumer: string) => Promise<number>;
  /**
   * Moves a consumer's checkpoint from `expected` to `next`. False, and nothing moves, where it is
   * not at `expected`: another reader of that name was faster. A commit from 0 to 0 makes a new
   * consumer known, so that what it is going to miss is reported.
   */
  readonly commit: (
    consumer: string,
    expected: number,
    next: number,
  ) => Promise<boolean>;
  /** All consumers that ever committed, with their checkpoints. */
  readonly checkpoints: () => Promise<ReadonlyMap<string, number>>;
  /** What positions there are. */
  readonly positions: () => Promise<StorePositions>;
  /**
   * Removes the events up to and including a position, and gives how many that were. For each
   * consumer whose checkpoint is before any of them, it leaves an `events.dropped` event behind, as
   * `droppedByPruning` says, and in the same step it moves that checkpoint to the last event removed.
   * So a reader that has one of them in hand can't commit it: an event is delivered or dropped, never
   * both. A store that prunes by itself, to stay within its bounds, does likewise.
   */
  readonly prune: (through: number) => Promise<number>;
  /** Closes the store; every later call rejects. May be called twice. */
  readonly close: () => Promise<void>;
}
