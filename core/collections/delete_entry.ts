import {
  emptyMap,
  findKey,
  findPart,
  type SortedMap,
  type SortedNode,
} from "./sorted_map.ts";

/**
 * Gives a map without a key. The given one is untouched; it is returned itself where it has no such
 * key. Nodes go once they are empty and are not merged before: what comes later fills them.
 */
export function deleteEntry<Value>(
  map: SortedMap<Value>,
  key: string,
): SortedMap<Value> {
  const node = deleteFrom(map.root, key);
  if (node === map.root) return map;
  if (node === null) return emptyMap;
  return { size: map.size - 1, root: shorten(node) };
}

/** A node without a key: the same node where it hasn't got it, null where that was all. */
function deleteFrom<Value>(
  node: SortedNode<Value>,
  key: string,
): SortedNode<Value> | null {
  const { keys } = node;
  if ("nodes" in node) {
    const index = findPart(keys, key);
    const before = node.nodes[index]!;
    const part = deleteFrom(before, key);
    if (part === before) return node;
    if (part !== null) {
      const nodes = node.nodes.slice();
      nodes[index] = part;
      return { keys, nodes };
    }
    if (keys.length === 1) return null;
    return { keys: without(keys, index), nodes: without(node.nodes, index) };
  }
  const index = findKey(keys, key);
  if (index < 0 || keys[index] !== key) return node;
  if (keys.length === 1) return null;
  return { keys: without(keys, index), values: without(node.values, index) };
}

function without<Item>(items: readonly Item[], index: number): readonly Item[] {
  const copy = items.slice();
  copy.splice(index, 1);
  return copy;
}

/** Leaves out forks with one way to go. */
function shorten<Value>(root: SortedNode<Value>): SortedNode<Value> {
  let node = root;
  while ("nodes" in node && node.nodes.length === 1) node = node.nodes[0]!;
  return node;
}
