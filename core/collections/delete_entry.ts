import { editBranch, editLeaf, editMap } from "./editable_node.ts";
import type { Owned } from "./owned.ts";
import {
  emptyMap,
  findKey,
  findPart,
  openNode,
  type SortedMap,
  type SortedNode,
} from "./sorted_map.ts";

/**
 * Gives a map without a key. The given one is untouched; it is returned itself where it has no such
 * key. With `owned`, what is in there is changed instead of copied. Nodes go once they are empty and
 * are not merged before: what comes later fills them.
 */
export function deleteEntry<Value>(
  map: SortedMap<Value>,
  key: string,
  owned: Owned | null = null,
): SortedMap<Value> {
  const change: Change = { key, owned, removed: 0 };
  const node = deleteFrom(map.root, change);
  if (change.removed === 0) return map;
  if (node === null) return emptyMap;
  return editMap(map, { size: map.size - 1, root: shorten(node) }, owned);
}

/** A key on its way out, and what came of it. */
interface Change {
  readonly key: string;
  /** What may be changed. */
  readonly owned: Owned | null;
  /** How many entries there are fewer than before: 0 or 1. */
  removed: number;
}

/** A node without a key: null where that was all. */
function deleteFrom<Value>(
  node: SortedNode<Value>,
  change: Change,
): SortedNode<Value> | null {
  const { key, owned } = change;
  const open = openNode(node);
  if ("nodes" in open) {
    const index = findPart(open.keys, key);
    const before = open.nodes[index]!;
    const part = deleteFrom(before, change);
    if (part === before) return node;
    if (part === null && open.keys.length === 1) return null;
    const edited = editBranch(open, owned);
    if (part !== null) edited.nodes[index] = part;
    else {
      edited.keys.splice(index, 1);
      edited.nodes.splice(index, 1);
    }
    return edited;
  }
  const index = findKey(open.keys, key);
  if (index < 0 || open.keys[index] !== key) return node;
  change.removed = 1;
  if (open.keys.length === 1) return null;
  const edited = editLeaf(open, owned);
  edited.keys.splice(index, 1);
  edited.values.splice(index, 1);
  return edited;
}

/** Leaves out forks with one way to go. */
function shorten<Value>(root: SortedNode<Value>): SortedNode<Value> {
  let node = root;
  while ("nodes" in node && node.nodes.length === 1) node = node.nodes[0]!;
  return node;
}
