/**
 * Items in the order in which they came, never changed: what comes and goes gives a new queue. It is
 * plain JSON, rows of a few hundred items, of which adding one copies the last.
 */
export interface Queue<Item> {
  /** The items in rows, oldest first; none is empty. */
  readonly rows: readonly (readonly Item[])[];
  /** How many items of the first row are gone. */
  readonly gone: number;
}

/** How many items a row may have: about the root of how many items are expected. */
const rowLength = 256;

/** The queue without items. */
export const emptyQueue: Queue<never> = /* @__PURE__ */ Object.freeze({
  rows: /* @__PURE__ */ Object.freeze([]),
  gone: 0,
});

/** Gives the oldest item; undefined where there is none. */
export function firstOf<Item>({ rows, gone }: Queue<Item>): Item | undefined {
  return rows[0]?.[gone];
}

/** Gives a queue with one more item. */
export function enqueue<Item>(queue: Queue<Item>, item: Item): Queue<Item> {
  const { rows, gone } = queue;
  const copy = rows.slice();
  const last = copy[copy.length - 1];
  if (last !== undefined && last.length < rowLength) {
    const row = last.slice();
    row.push(item);
    copy[copy.length - 1] = row;
  } else copy.push([item]);
  return { rows: copy, gone };
}

/** Gives a queue without its oldest item; the queue itself where there is none. */
export function dequeue<Item>(queue: Queue<Item>): Queue<Item> {
  const { rows, gone } = queue;
  const [first] = rows;
  if (first === undefined) return queue;
  return gone + 1 < first.length
    ? { rows, gone: gone + 1 }
    : { rows: rows.slice(1), gone: 0 };
}

/** Lists the items, oldest first. */
export function* listItems<Item>({ rows, gone }: Queue<Item>): Generator<Item> {
  for (let row = 0; row < rows.length; row++) {
    yield* row === 0 ? rows[0]!.slice(gone) : rows[row]!;
  }
}
