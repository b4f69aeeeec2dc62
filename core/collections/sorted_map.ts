/**
 * A map from texts to values that is never changed: what adds an entry gives a new map, which shares
 * with the old one all but the few nodes on the way to the entry. It is a B-tree (Bayer and
 * McCreight 1972) of plain arrays, and so JSON: a map can be written down and read back as it is.
 *
 * Keys are sorted by their UTF-16 units, and stand in arrays alone: no key, not even `__proto__`, is
 * ever the name of a property, and no choice of keys makes it slower than any other, as it would
 * with a table of hashes.
 */
export interface SortedMap<Value> {
  /** How many entries there are. */
  readonly size: number;
  /** Where the search begins. */
  readonly root: SortedNode<Value>;
}

/** A part of a sorted map. */
export type SortedNode<Value> =
  | SortedLeaf<Value>
  | SortedBranch<Value>
  | PackedLeaf;

/** The end of a search: keys with their values. */
export interface SortedLeaf<Value> {
  /** The keys, sorted. */
  readonly keys: readonly string[];
  /** The value of each key. */
  readonly values: readonly Value[];
}

/**
 * A leaf in writing, as `packMap` leaves it: one text instead of dozens, which takes a fraction of the
 * time to bring back from JSON, and is read where a search ends there.
 */
export interface PackedLeaf {
  /** JSON of what all keys begin with, what each goes on with, and the values. */
  readonly text: string;
}

/** A fork. */
export interface SortedBranch<Value> {
  /** The lower bound of the keys in each part; that of the first is not looked at. */
  readonly keys: readonly string[];
  /** The parts. */
  readonly nodes: readonly SortedNode<Value>[];
}

/** How many keys a node may have. Larger nodes are copied more slowly, smaller ones stand deeper. */
export const nodeCapacity = 32;

/** The map without entries. */
export const emptyMap: SortedMap<never> = /* @__PURE__ */ Object.freeze({
  size: 0,
  root: /* @__PURE__ */ Object.freeze({
    keys: /* @__PURE__ */ Object.freeze([]),
    values: /* @__PURE__ */ Object.freeze([]),
  }),
});

/** Reads a leaf that is in writing; gives any other node as it is. */
export function openNode<Value>(
  node: SortedNode<Value>,
): SortedLeaf<Value> | SortedBranch<Value> {
  if (!("text" in node)) return node;
  const [start, rests, values] = JSON.parse(node.text) as [
    string,
    string[],
    Value[],
  ];
  return { keys: rests.map((rest) => start + rest), values };
}

/**
 * Finds the last of some sorted keys that is not greater than a key; -1 where all are. In a branch
 * the first part takes what is smaller still.
 */
export function findKey(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Finds the part of a branch in which a key belongs. */
export function findPart(keys: readonly string[], key: string): number {
  return Math.max(0, findKey(keys, key));
}
