/**
 * What was made while a batch of events is folded: maps, nodes and lists that no other code has seen
 * yet, and that may therefore be changed instead of copied. With the end of the batch the set goes,
 * and nothing that was in it is ever changed again. The idea is that of Clojure's transients.
 */
export type Owned = Set<object>;

/** Notes that something was made in a batch, where there is one, and gives it back. */
export function own<Item extends object>(
  item: Item,
  owned: Owned | null,
): Item {
  owned?.add(item);
  return item;
}

/** Gives a list to change: the given one where it was made in the batch, a copy otherwise. */
export function ownList<Item>(
  list: readonly Item[],
  owned: Owned | null,
): Item[] {
  return owned?.has(list) ? list as Item[] : own(list.slice(), owned);
}
