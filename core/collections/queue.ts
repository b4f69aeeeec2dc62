import { own, type Owned, ownList } from "./owned.ts";

/**
 * Items in the order in which they came, never changed: what comes and goes gives a new queue. It is
 * plain JSON, rows of a few hundred items, of which adding one copies the last.
 */
export interface Queue<Item> {
  /** The items in rows, oldest first; none is empty. Only those in the middle may be in writing. */
  readonly rows: readonly QueueRow<Item>[];
  /** How many items of the first row are gone. */
  readonly gone: number;
}

/** Items that came one after the other; or their JSON, as `packQueue` leaves it. */
export type QueueRow<Item> = readonly Item[] | string;

/** How many items a row may have: about the root of how many items are expected. */
const rowLength = 256;

/** The queue without items. */
export const emptyQueue: Queue<never> = /* @__PURE__ */ Object.freeze({
  rows: /* @__PURE__ */ Object.freeze([]),
  gone: 0,
});

/** Gives the oldest item; undefined where there is none. */
export function firstOf<Item>({ rows, gone }: Queue<Item>): Item | undefined {
  return rows.length === 0 ? undefined : openRow(rows[0]!)[gone];
}

/**
 * Gives a queue with one more item. With `owned`, what is in there is changed instead of copied.
 */
export function enqueue<Item>(
  queue: Queue<Item>,
  item: Item,
  owned: Owned | null = null,
): Queue<Item> {
  const rows = ownList(queue.rows, owned);
  const last = rows.length === 0 ? [] : openRow(rows[rows.length - 1]!);
  if (last.length > 0 && last.length < rowLength) {
    const row = ownList(last, owned);
    row.push(item);
    rows[rows.length - 1] = row;
  } else rows.push(own([item], owned));
  return { rows, gone: queue.gone };
}

/**
 * Gives a queue without its oldest item; the queue itself where there is none. With `owned`, what is
 * in there is changed instead of copied.
 */
export function dequeue<Item>(
  queue: Queue<Item>,
  owned: Owned | null = null,
): Queue<Item> {
  const { rows, gone } = queue;
  if (rows.length === 0) return queue;
  if (gone + 1 < openRow(rows[0]!).length) return { rows, gone: gone + 1 };
  const left = ownList(rows, owned);
  left.shift();
  if (left.length > 0) left[0] = openRow(left[0]!);
  return { rows: left, gone: 0 };
}

/** Lists the items, oldest first. */
export function* listItems<Item>({ rows, gone }: Queue<Item>): Generator<Item> {
  for (let row = 0; row < rows.length; row++) {
    const items = openRow(rows[row]!);
    yield* row === 0 ? items.slice(gone) : items;
  }
}

/**
 * Gives a queue of the same items, of which all rows but the first and the last are in writing: that
 * takes less to write down and bring back. A row is read again once it is the first.
 */
export function packQueue<Item>({ rows, gone }: Queue<Item>): Queue<Item> {
  const last = rows.length - 1;
  return {
    rows: rows.map((row, index) =>
      index === 0 || index === last || typeof row === "string"
        ? row
        : JSON.stringify(row)
    ),
    gone,
  };
}

function openRow<Item>(row: QueueRow<Item>): readonly Item[] {
  return typeof row === "string" ? JSON.parse(row) as Item[] : row;
}
