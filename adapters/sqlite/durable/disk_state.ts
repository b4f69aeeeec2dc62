import { type ConsumerKey, keyText } from "../../log/port/consumer_key.ts";
import type { MovedToDisk } from "./refuge/refuge.ts";
import type { ClosedKey } from "./refuge/move_consumers.ts";

/** What a durable store knows of its disk. */
export interface DiskState {
  /** The last position that the disk is known to have. */
  readonly last: number;
  /** How often events got other positions, or came before what had been read. */
  readonly moves: number;
  /** The keys that were given up the last time that happened, and that their owners have not claimed again. */
  readonly closed: readonly ClosedKey[];
  /** How long a disk that fails is left alone before it is tried again, in milliseconds. */
  readonly delay: number;
}

const firstDelay = 1000;
const longestDelay = 30_000;

/** A disk that was asked for nothing yet. */
export const newDisk: DiskState = {
  last: 0,
  moves: 0,
  closed: [],
  delay: firstDelay,
};

/** The state once a position was seen on the disk. */
export function seePosition(state: DiskState, position: number): DiskState {
  return position > state.last ? { ...state, last: position } : state;
}

/** The state once an owner was given a key: it is its own again. */
export function reopenKey(
  state: DiskState,
  key: ConsumerKey,
  owner: string,
): DiskState {
  const closed = state.closed.filter((each) =>
    each.owner !== owner || keyText(each.key) !== keyText(key)
  );
  return closed.length < state.closed.length ? { ...state, closed } : state;
}

/** The state once it is settled when the disk is tried again: the next wait is twice as long. */
export function waitLonger(state: DiskState): DiskState {
  return { ...state, delay: Math.min(state.delay * 2, longestDelay) };
}

/** The state once what was held is on the disk, which works again. */
export function moveIn(
  state: DiskState,
  { last, isTrue, closed }: MovedToDisk,
): DiskState {
  const healed = { ...state, last, delay: firstDelay };
  return isTrue ? healed : { ...healed, moves: state.moves + 1, closed };
}
