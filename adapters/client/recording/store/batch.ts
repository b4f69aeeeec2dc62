import type { ErasedUser } from "../../../log/port/is_about.ts";
import type { Entry } from "../entry.ts";

/** The entries that a store is given next, or has and did not answer yet. */
export interface Batch {
  /** The entries, oldest first. */
  readonly entries: readonly Entry[];
  /** The lane to which they may have been appended already; null where there is none. */
  readonly tried: string | null;
  /** The users that are erased while the store has them, which may give them back; null while it has not. */
  readonly erased: readonly ErasedUser[] | null;
}

/** What is left of a batch when some entries are taken out. */
export interface SiftedBatch {
  /** The batch without them. */
  readonly batch: Batch;
  /** These entries. */
  readonly gone: readonly Entry[];
}

/** Tells whether an entry is about a user. */
export type IsEntryAbout = (entry: Entry, user: ErasedUser) => boolean;

/** The batch before there is one. */
export const emptyBatch: Batch = {
  entries: [],
  tried: null,
  erased: null,
};

/** Gives the batch to the store, to be appended to a lane. */
export function sendBatch(batch: Batch, lane: string | null): Batch {
  return { ...batch, tried: lane, erased: [] };
}

/** Takes the entries out of a batch for which a test holds. */
export function siftBatch(
  batch: Batch,
  isGone: (entry: Entry) => boolean,
): SiftedBatch {
  const { entries } = batch;
  const left = entries.filter((entry) => !isGone(entry));
  return { batch: { ...batch, entries: left }, gone: entries.filter(isGone) };
}

/** Takes the batch back from a store that failed, without the users that were erased meanwhile. */
export function takeBackBatch(
  batch: Batch,
  isAbout: IsEntryAbout,
): SiftedBatch {
  const { erased } = batch;
  return siftBatch(
    { ...batch, erased: null },
    (entry) => erased?.some((user) => isAbout(entry, user)) === true,
  );
}

/** Erases a user: at once, or when the store has given the batch back. */
export function eraseFromBatch(
  batch: Batch,
  user: ErasedUser,
  isAbout: IsEntryAbout,
): SiftedBatch {
  const { erased } = batch;
  const erasing = { ...batch, erased: [...erased ?? [], user] };
  return erased === null
    ? takeBackBatch(erasing, isAbout)
    : { batch: erasing, gone: [] };
}
