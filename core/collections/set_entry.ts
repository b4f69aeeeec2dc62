import {
  findKey,
  findPart,
  nodeCapacity,
  type SortedBranch,
  type SortedLeaf,
  type SortedMap,
  type SortedNode,
} from "./sorted_map.ts";

/**
 * Gives a map in which a key has a value. The given one is untouched; it is returned itself where
 * the key has that very value already.
 */
export function setEntry<Value>(
  map: SortedMap<Value>,
  key: string,
  value: Value,
): SortedMap<Value> {
  const change: Change<Value> = { key, value, added: 0, split: null };
  const node = setInNode(map.root, change);
  if (node === map.root) return map;
  const { split } = change;
  return {
    size: map.size + change.added,
    root: split === null
      ? node
      : { keys: [node.keys[0]!, split.keys[0]!], nodes: [node, split] },
  };
}

/** An entry on its way to its place, and what came of it. */
interface Change<Value> {
  readonly key: string;
  readonly value: Value;
  /** How many entries there are more than before: 0 or 1. */
  added: number;
  /** What the node that was changed last had no room for: its right neighbour. */
  split: SortedNode<Value> | null;
}

function setInNode<Value>(
  node: SortedNode<Value>,
  change: Change<Value>,
): SortedNode<Value> {
  return "nodes" in node ? setInBranch(node, change) : setInLeaf(node, change);
}

function setInLeaf<Value>(
  leaf: SortedLeaf<Value>,
  change: Change<Value>,
): SortedNode<Value> {
  const { key, value } = change;
  const index = findKey(leaf.keys, key);
  if (index >= 0 && leaf.keys[index] === key) {
    if (leaf.values[index] === value) return leaf;
    return { keys: leaf.keys, values: replace(leaf.values, index, value) };
  }
  change.added = 1;
  const keys = insert(leaf.keys, index + 1, key);
  const values = insert(leaf.values, index + 1, value);
  if (keys.length <= nodeCapacity) return { keys, values };
  const half = keys.length >>> 1;
  change.split = { keys: keys.slice(half), values: values.slice(half) };
  return { keys: keys.slice(0, half), values: values.slice(0, half) };
}

function setInBranch<Value>(
  branch: SortedBranch<Value>,
  change: Change<Value>,
): SortedNode<Value> {
  const index = findPart(branch.keys, change.key);
  const before = branch.nodes[index]!;
  const node = setInNode(before, change);
  if (node === before) return branch;
  const replaced = replace(branch.nodes, index, node);
  const { split } = change;
  if (split === null) return { keys: branch.keys, nodes: replaced };
  change.split = null;
  const keys = insert(branch.keys, index + 1, split.keys[0]!);
  const nodes = insert(replaced, index + 1, split);
  if (keys.length <= nodeCapacity) return { keys, nodes };
  const half = keys.length >>> 1;
  change.split = { keys: keys.slice(half), nodes: nodes.slice(half) };
  return { keys: keys.slice(0, half), nodes: nodes.slice(0, half) };
}

function replace<Item>(
  items: readonly Item[],
  index: number,
  item: Item,
): readonly Item[] {
  const copy = items.slice();
  copy[index] = item;
  return copy;
}

// Written out: `splice` takes several times as long.
function insert<Item>(
  items: readonly Item[],
  index: number,
  item: Item,
): readonly Item[] {
  const copy = items.slice();
  copy.push(item);
  for (let place = items.length; place > index; place--) {
    copy[place] = copy[place - 1]!;
  }
  copy[index] = item;
  return copy;
}
