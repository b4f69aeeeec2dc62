import type { Checkpoint } from "../../../log/port/checkpoint.ts";
import { type ConsumerKey, wholeLog } from "../../../log/port/consumer_key.ts";
import type {
  ConsumerState,
  EventStore,
} from "../../../log/port/event_store.ts";

/** How consumers move to a disk. */
export interface ConsumerMove {
  /** Whether positions stay what they are; all keys are given up where they do not. */
  readonly isTrue: boolean;
  /** Gives all owners that have had a key: the disk may have it for any of them. */
  readonly ownersOf: (key: ConsumerKey) => readonly string[];
  /** Gives a checkpoint by the positions of the disk, which has another one. */
  readonly translate: (
    lane: string,
    known: Checkpoint,
    checkpoint: Checkpoint,
  ) => Promise<Checkpoint>;
}

/** A key with the last owner that had it. */
export interface OwnedKey {
  readonly key: ConsumerKey;
  readonly owner: string;
}

/** A key that was given up for its owner, which may not know that yet, and where it was. */
export interface ClosedKey extends OwnedKey {
  readonly checkpoint: Checkpoint;
}

/**
 * Tells a disk where the consumers of some keys are, which `list` gives. The owner of a key claims it
 * there; one that another process has is left to that. Gives the keys that were given up.
 */
export async function moveConsumers(
  disk: EventStore,
  keys: Iterable<OwnedKey>,
  list: () => readonly ConsumerState[],
  { isTrue, ownersOf, translate }: ConsumerMove,
): Promise<readonly ClosedKey[]> {
  const closed: ClosedKey[] = [];
  for (const { key, owner } of keys) {
    const { name, lane = wholeLog } = key;
    const state = list().find((each) =>
      each.name === name && each.lane === lane
    );
    if (state === undefined) continue;
    const claimed = await claimFor(disk, key, [owner, ...ownersOf(key)]);
    if (claimed === null) continue;
    const { by, known } = claimed;
    const checkpoint = await translate(lane, known, state.checkpoint);
    await disk.commit(key, by, checkpoint);
    if (isTrue && state.owner === by) continue;
    await disk.release(key, by);
    if (isTrue && state.owner !== null) await disk.claim(key, state.owner);
    if (!isTrue) closed.push({ key, owner, checkpoint });
  }
  return closed;
}

/** Claims a key on a disk for the first of some owners that can have it; null where none can. */
export async function claimFor(
  disk: EventStore,
  key: ConsumerKey,
  owners: readonly string[],
): Promise<{ readonly by: string; readonly known: Checkpoint } | null> {
  for (const by of owners) {
    const claim = await disk.claim(key, by);
    if (claim !== null) return { by, known: claim.checkpoint };
  }
  return null;
}
