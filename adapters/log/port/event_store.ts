import type { Observable } from "../../support/observable.ts";
import type {
  NewEvent,
  RecordedEvent,
} from "../../../core/events/types/recorded_event.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ConsumerKey } from "./consumer_key.ts";
import type { ErasedUser } from "./is_about.ts";
import type { ParkedEvent, ParkingEvent } from "./parked_event.ts";

/** The first and last positions that a store holds; both 0 where it never held an event. */
export interface StorePositions {
  /** The position of the oldest event that is still there; `last + 1` where all were pruned. */
  readonly first: number;
  /** The position of the newest event that ever was there. */
  readonly last: number;
  /**
   * How often events got other positions while the store was open, came before what had been read, or
   * the store's end went back (a failover, a backup, a replaced file): a reader starts again at its
   * checkpoint where this changed. Left out where it never happened, as in most stores.
   */
  readonly moves?: number;
  /**
   * The last position that is sure to stay what it is. Left out where all of them are, as is the
   * rule; `durableStore` tells it while its disk fails.
   */
  readonly certain?: number;
}

/** How events are appended. */
export interface AppendOptions {
  /**
   * For how long one exposure is kept once, in milliseconds. An exposure whose key (its
   * `hashAttribute`, `hashValue`, `experimentKey`, `phase` and `variationId`) was stored within that
   * time, by the store's clock, is not added again, by whichever process. Without it, or at 0, every
   * exposure is added. Events of other types have no key.
   */
  readonly exposureAge?: number;
  /**
   * The lane that the events belong to: the id of the client that appends them. A text of 1 to 64
   * characters; none by default.
   */
  readonly lane?: string;
}

/** What became of an event that was appended. */
export interface StoredEvent extends RecordedEvent {
  /**
   * `true` where the event is an exposure that the store has under another id: it was not added, and
   * `position` is that of the first one. Absent for an event that was added, and for one whose own id
   * was there: appending it again is then the repetition of a call, and gives what the first gave.
   */
  readonly isRepeated?: true;
}

/** The right of one owner to settle the events of a key. */
export interface Claim {
  /** Where the consumer was when it was claimed. */
  readonly checkpoint: Checkpoint;
  /**
   * Tells whether the claim is still the owner's, as far as the store knows at once: no call leaves
   * the process. Callers ask before each hand-over. False once it is released, lost or in doubt (a
   * lifetime that may be over, a closed store, a lock that is gone); `commit` decides.
   */
  readonly isHeld: () => boolean;
}

/** What a store knows of a consumer, or of one lane of it. */
export interface ConsumerState {
  /** The consumer's name. */
  readonly name: string;
  /** The lane; `""` for the whole log. */
  readonly lane: string;
  /** How far it has come. */
  readonly checkpoint: Checkpoint;
  /** The id of its owner, where that is alive; null where any owner may claim it. */
  readonly owner: string | null;
}

// `checkEvents`, `checkPosition`, `checkCheckpoint`, `checkKey`, `checkOwner`, `checkIds` and
// `checkErasure` are what the stores here refuse arguments by.
/**
 * A place to keep events in the order in which they came, and what consumers need to settle them. It
 * is append-only: an event leaves it only by `prune` and by the store's own bounds, oldest first, and
 * changes only by `erase`.
 *
 * Every function may be taken apart from the store, and can be called again after it rejected: no call
 * leaves half of its work behind. Positions that are NaN or negative, and lists that are too long,
 * reject with a `RangeError`; what is of the wrong type, with a `TypeError`. So what one store takes,
 * each takes.
 *
 * **Owners.** An owner is a client or a reader: an id of 1 to 64 characters, made once. What says that
 * it is alive is up to the engine underneath: an exclusive lock on a file beside the log, a Web Lock, a
 * map in memory, a key with a lifetime by the server's clock. The store takes it at the first `claim`
 * of an owner, keeps it by itself, and gives it back with the last `release`. Nothing of it relies on
 * the clocks of processes that share a store, and an owner that is gone (its process ended, however
 * that was) is free within 10 seconds.
 */
export interface EventStore {
  /**
   * Appends events, all or none of them, and gives them with their positions, in the order given.
   *
   * One whose id is there already (also one that was pruned within the store's memory of ids) is not
   * added again: it comes back with the position that it has. With `exposureAge` the store also keeps
   * each exposure once: it remembers a *mark*, the key and the time by its own clock, of each exposure
   * that it adds. One that comes again within the age of its mark is not added; it comes back as it
   * was given, with the position of the first and `isRepeated`. A mark from the future counts as one
   * of now, and is set to now. A mark stays when its event is pruned after all consumers settled it,
   * and goes when the event is dropped before that, or its user erased. A mark that is older than
   * the `exposureAge` it was made with may be forgotten.
   *
   * Rejects with a `TypeError`, and takes none of them, where one is no event: `id` and `type` are
   * texts, `time` is a number, `version` a whole number from 1, and `data` and `user` are JSON objects.
   */
  readonly append: (
    events: readonly NewEvent[],
    options?: AppendOptions,
  ) => Promise<readonly StoredEvent[]>;
  /**
   * Gives the events after a position, oldest first, at most `limit` (default 1,000) of them;
   * `Infinity` is all there are. With a lane, those alone that were appended with it.
   */
  readonly read: (
    after: number,
    limit?: number,
    lane?: string,
  ) => Promise<readonly RecordedEvent[]>;
  /** What positions there are. */
  readonly positions: () => Promise<StorePositions>;
  /**
   * Says that there may be something new: events, or parked events that are to be delivered again. A
   * hint: it may be late, repeated or missing.
   */
  readonly wakeups: Observable<void>;
  /**
   * All consumers that ever claimed something, with a state for each of their lanes. A lane that is
   * done (all of its events are settled, and its owner has released it) is gone.
   */
  readonly consumers: () => Promise<readonly ConsumerState[]>;
  /**
   * Makes an owner the one that may settle the events of a key, and gives where the last one was. Null
   * where another owner that is alive has it. A claim of its own is confirmed.
   *
   * The first claim of a key makes the consumer known, at position 0, so that what it is going to miss
   * is reported.
   */
  readonly claim: (key: ConsumerKey, owner: string) => Promise<Claim | null>;
  /**
   * Sets the checkpoint of a key. False, and nothing is set, where the owner does not have the key any
   * more: what it settled since its last commit comes again, to the new owner.
   *
   * A checkpoint never goes back behind what was pruned: positions that are gone count as settled.
   */
  readonly commit: (
    key: ConsumerKey,
    owner: string,
    checkpoint: Checkpoint,
  ) => Promise<boolean>;
  /**
   * Gives a key up, so that another owner can claim it at once. False where the owner did not have it.
   * A lane, other than the whole log, whose events are all settled is forgotten.
   */
  readonly release: (key: ConsumerKey, owner: string) => Promise<boolean>;
  /**
   * Copies events to the list of what a consumer could not take, in one step. One that is there by its
   * id is replaced, and not due any more. The list belongs to the name, whatever the lane; it is
   * bounded by 1,000 events, 16,000,000 characters and 30 days, and the oldest go first. Parked events
   * outlive their place in the log.
   *
   * False, and nothing is parked, where the owner does not have the key.
   */
  readonly park: (
    key: ConsumerKey,
    owner: string,
    events: readonly ParkingEvent[],
  ) => Promise<boolean>;
  /** Gives what a consumer parked, in the order of parking. */
  readonly parked: (name: string) => Promise<readonly ParkedEvent[]>;
  /**
   * Marks parked events as due to be delivered again, by their ids, or all without ids, and wakes.
   * Gives how many are now due that were not. The owner of the lane `"redelivery"` delivers them.
   */
  readonly redeliver: (
    name: string,
    ids?: readonly string[],
  ) => Promise<number>;
  /**
   * Removes parked events, which are delivered now, by their ids. False, and nothing is removed, where
   * the owner does not have the key.
   */
  readonly unpark: (
    key: ConsumerKey,
    owner: string,
    ids: readonly string[],
  ) => Promise<boolean>;
  /**
   * Removes what the store keeps of a user, and gives how many events that were. Each event that is
   * about the user (that was recorded with the attribute, is an exposure or a sticky bucket by it, or
   * has it among its attributes) becomes an `erased` event at its position, with its id and time; the
   * marks of the user's exposures go, and so do parked events, and whatever else a store derives from
   * its events (snapshots, sticky bucket documents). The id stays known.
   */
  readonly erase: (user: ErasedUser) => Promise<number>;
  /**
   * Tells of each user that `erase` of this store is called for, when it begins and when it is done:
   * then clients, readers and sticky buckets that use the store forget what they have of the user in
   * memory. A store without it erases what it keeps, and they don't hear of it.
   */
  readonly erasures?: Observable<ErasedUser>;
  /**
   * Removes the events up to and including a position, and gives how many that were. For each name
   * that has not settled all of them, in any lane, it leaves an `events.dropped` event behind, which
   * counts them once, and in the same step it moves the checkpoints past the last event removed. A
   * store that prunes by itself, to stay within its bounds, does likewise.
   *
   * An event that is removed before all consumers settled it takes its mark with it.
   */
  readonly prune: (through: number) => Promise<number>;
  /** Releases all owners and closes the store; every later call rejects. May be called twice. */
  readonly close: () => Promise<void>;
}
