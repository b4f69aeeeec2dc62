import {
  type DeliveryState,
  listUnsettled,
} from "../machine/delivery_state.ts";
import type { EngineItem } from "./engine.ts";

/** The items of an engine, by number: those that have come, and how many of all are settled. */
export interface Stock<Item> {
  /** Takes an item that has come, and gives it its number. */
  readonly add: (item: Item) => void;
  /** Those that have come and are not with the machine yet. */
  readonly arrivals: () => readonly Item[];
  /** Takes them. */
  readonly takeArrivals: () => readonly Item[];
  /** Takes the oldest of them; undefined where there is none. */
  readonly takeOldest: () => Item | undefined;
  /** Takes those of them for which a test holds. */
  readonly sift: (isGone: (item: Item) => boolean) => readonly Item[];
  /** Counts items as settled. */
  readonly settle: (items: readonly Item[]) => void;
  /** How many have come, and how many of them are not settled. */
  readonly added: () => number;
  readonly pending: () => number;
  /** Whether there are more than there may be. */
  readonly isFull: () => boolean;
  /** Whether all that came before the one of a number are settled. */
  readonly isPast: (target: number, state: DeliveryState<Item>) => boolean;
}

/** Makes a stock with room for so many items, and so many characters of them. */
export function createStock<Item extends EngineItem>(
  capacity: number,
  maxCharacters: number,
): Stock<Item> {
  let arrivals: Item[] = [];
  let added = 0;
  let settled = 0;
  let characters = 0;
  return {
    add: (item) => {
      item.order = added++;
      characters += item.characters;
      arrivals.push(item);
    },
    arrivals: () => arrivals,
    takeArrivals: () => {
      const taken = arrivals;
      arrivals = [];
      return taken;
    },
    takeOldest: () => arrivals.shift(),
    sift: (isGone) => {
      const gone = arrivals.filter(isGone);
      if (gone.length > 0) arrivals = arrivals.filter((item) => !isGone(item));
      return gone;
    },
    settle: (items) => {
      settled += items.length;
      for (const item of items) characters -= item.characters;
    },
    added: () => added,
    pending: () => added - settled,
    isFull: () => added - settled > capacity || characters > maxCharacters,
    // Those that came after a waiter must not be taken for those that it waits for.
    isPast: (target, state) =>
      settled >= added ||
      settled >= target && arrivals.every(({ order }) => order >= target) &&
        listUnsettled(state).every(({ order }) => order >= target),
  };
}
