import { checkPosition } from "../check_position.ts";

/** How far a consumer has come: what it has settled, which it need not get again. */
export interface Checkpoint {
  /** Every event up to this position is settled, except those that `unsettled` lists. */
  readonly position: number;
  /**
   * The positions up to `position` of the events that are not settled yet, in rising order and
   * without repetition; at most 1,000 of them.
   */
  readonly unsettled: readonly number[];
}

/** How many unsettled events a checkpoint lists at most. A full list stops reading until one settles. */
export const maxUnsettled = 1_000;

/** The checkpoint of a consumer that has settled nothing yet. */
export const noCheckpoint: Checkpoint = Object.freeze({
  position: 0,
  unsettled: Object.freeze([]),
});

/**
 * Tells whether a consumer has settled the event at a position.
 *
 * @example
 * ```ts
 * import { isSettled } from "./checkpoint.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const checkpoint = { position: 5, unsettled: [3] };
 * assertEquals([2, 3, 5, 6].map((position) => isSettled(checkpoint, position)), [true, false, true, false]);
 * ```
 */
export function isSettled(
  { position, unsettled }: Checkpoint,
  at: number,
): boolean {
  return at <= position && !unsettled.includes(at);
}

/**
 * Checks a checkpoint that a store is given, and gives a copy of it. Every store calls this first, so
 * that what one takes, each takes.
 *
 * Throws a `TypeError` where it is no checkpoint, and a `RangeError` where a position is NaN or
 * negative, the list is not in rising order, is past `position`, or has more than
 * {@linkcode maxUnsettled} entries.
 */
export function checkCheckpoint(checkpoint: Checkpoint): Checkpoint {
  if (typeof checkpoint !== "object" || checkpoint === null) {
    throw new TypeError("Cannot commit: the current checkpoint is no object");
  }
  const position = checkPosition("position", checkpoint.position);
  const { unsettled } = checkpoint;
  if (!Array.isArray(unsettled)) {
    throw new TypeError("Cannot commit: the current unsettled is no list");
  }
  if (unsettled.length > maxUnsettled) {
    throw new RangeError(
      `Cannot commit: the current length of unsettled is ${unsettled.length}, and at most ${maxUnsettled} are kept`,
    );
  }
  let last = 0;
  for (const each of unsettled) {
    const next = checkPosition("unsettled", each);
    if (next <= last || next > position) {
      throw new RangeError(
        `Cannot commit: the current unsettled has ${next} after ${last}, up to ${position}`,
      );
    }
    last = next;
  }
  return { position, unsettled: [...unsettled] };
}

/**
 * Gives what is left of a checkpoint when the events up to a position leave the store: none of them is
 * unsettled any more. The checkpoint itself where nothing changes.
 */
export function passOver(checkpoint: Checkpoint, through: number): Checkpoint {
  const { position, unsettled } = checkpoint;
  if (position >= through && (unsettled[0] ?? Infinity) > through) {
    return checkpoint;
  }
  return {
    position: Math.max(position, through),
    unsettled: unsettled.filter((each) => each > through),
  };
}
