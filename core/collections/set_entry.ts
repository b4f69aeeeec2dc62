import { editBranch, editLeaf, editMap } from "./editable_node.ts";
import { own, type Owned } from "./owned.ts";
import {
  findKey,
  findPart,
  nodeCapacity,
  openNode,
  type SortedBranch,
  type SortedLeaf,
  type SortedMap,
  type SortedNode,
} from "./sorted_map.ts";

/**
 * Gives a map in which a key has a value. The given one is untouched; it is returned itself where
 * the key has that very value already. With `owned`, what is in there is changed instead of copied.
 */
export function setEntry<Value>(
  map: SortedMap<Value>,
  key: string,
  value: Value,
  owned: Owned | null = null,
): SortedMap<Value> {
  const change: Change<Value> = { key, value, owned, added: 0, split: null };
  const node = setInNode(map.root, change);
  const { split, added } = change;
  if (node === map.root && added === 0) return map;
  const size = map.size + added;
  if (split === null) return editMap(map, { size, root: node }, owned);
  const root = own({
    // Only what is open is ever split.
    keys: [(node as OpenNode<Value>).keys[0]!, split.keys[0]!],
    nodes: [node, split],
  }, owned);
  return editMap(map, { size, root }, owned);
}

type OpenNode<Value> = SortedLeaf<Value> | SortedBranch<Value>;

/** An entry on its way to its place, and what came of it. */
interface Change<Value> {
  readonly key: string;
  readonly value: Value;
  /** What may be changed. */
  readonly owned: Owned | null;
  /** How many entries there are more than before: 0 or 1. */
  added: number;
  /** What the node that was changed last had no room for: its right neighbour. */
  split: OpenNode<Value> | null;
}

function setInNode<Value>(
  node: SortedNode<Value>,
  change: Change<Value>,
): SortedNode<Value> {
  const open = openNode(node);
  if ("nodes" in open) return setInBranch(open, change);
  const leaf = setInLeaf(open, change);
  // What was only read stays in writing.
  return leaf === open ? node : leaf;
}

function setInLeaf<Value>(
  leaf: SortedLeaf<Value>,
  change: Change<Value>,
): SortedLeaf<Value> {
  const { key, value, owned } = change;
  const index = findKey(leaf.keys, key);
  const isThere = index >= 0 && leaf.keys[index] === key;
  if (isThere && leaf.values[index] === value) return leaf;
  const edited = editLeaf(leaf, owned);
  const { keys, values } = edited;
  if (isThere) {
    values[index] = value;
    return edited;
  }
  change.added = 1;
  insert(keys, index + 1, key);
  insert(values, index + 1, value);
  if (keys.length > nodeCapacity) {
    const half = keys.length >>> 1;
    change.split = own(
      { keys: keys.splice(half), values: values.splice(half) },
      owned,
    );
  }
  return edited;
}

function setInBranch<Value>(
  branch: SortedBranch<Value>,
  change: Change<Value>,
): SortedBranch<Value> {
  const { owned } = change;
  const index = findPart(branch.keys, change.key);
  const before = branch.nodes[index]!;
  const node = setInNode(before, change);
  const { split } = change;
  if (node === before && split === null) return branch;
  const edited = editBranch(branch, owned);
  const { keys, nodes } = edited;
  nodes[index] = node;
  if (split === null) return edited;
  change.split = null;
  insert(keys, index + 1, split.keys[0]!);
  insert(nodes, index + 1, split);
  if (keys.length > nodeCapacity) {
    const half = keys.length >>> 1;
    change.split = own(
      { keys: keys.splice(half), nodes: nodes.splice(half) },
      owned,
    );
  }
  return edited;
}

// Written out: `splice` takes several times as long.
function insert<Item>(items: Item[], index: number, item: Item): void {
  items.push(item);
  for (let place = items.length - 1; place > index; place--) {
    items[place] = items[place - 1]!;
  }
  items[index] = item;
}
