/**
 * Items in the order in which they came, as the lists in which they came: adding a list and taking a
 * few items cost the same however many there are.
 */
export interface Line<Item> {
  /** The lists, oldest first; none is empty. */
  readonly lists: readonly (readonly Item[])[];
  /** How many items of the first list are taken. */
  readonly taken: number;
  /** How many items are left. */
  readonly length: number;
}

/** The line without items. */
export const emptyLine: Line<never> = Object.freeze({
  lists: Object.freeze([]),
  taken: 0,
  length: 0,
});

/** Gives a line with more items at its end. The list is not to be changed any more. */
export function extend<Item>(
  line: Line<Item>,
  items: readonly Item[],
): Line<Item> {
  if (items.length === 0) return line;
  return {
    lists: line.length === 0 ? [items] : [...line.lists, items],
    taken: line.length === 0 ? 0 : line.taken,
    length: line.length + items.length,
  };
}

/** Gives the item at the beginning; undefined where there is none. */
export function peekLine<Item>({ lists, taken }: Line<Item>): Item | undefined {
  return lists[0]?.[taken];
}

/** Takes items from the beginning: the items, and the line without them. */
export function takeFrom<Item>(
  line: Line<Item>,
  count: number,
): readonly [items: readonly Item[], rest: Line<Item>] {
  const items: Item[] = [];
  let { taken } = line;
  let list = 0;
  while (list < line.lists.length && items.length < count) {
    const current = line.lists[list]!;
    const end = Math.min(current.length, taken + count - items.length);
    for (let index = taken; index < end; index++) items.push(current[index]!);
    taken = end;
    if (end < current.length) break;
    list++;
    taken = 0;
  }
  const length = line.length - items.length;
  if (length === 0) return [items, emptyLine];
  return [items, {
    lists: list === 0 ? line.lists : line.lists.slice(list),
    taken,
    length,
  }];
}

/** Lists the items, oldest first. */
export function listLine<Item>({ lists, taken }: Line<Item>): readonly Item[] {
  return lists.flatMap((list, index) => index === 0 ? list.slice(taken) : list);
}
