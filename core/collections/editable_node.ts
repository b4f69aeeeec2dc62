import { own, type Owned } from "./owned.ts";
import type { SortedBranch, SortedLeaf, SortedMap } from "./sorted_map.ts";

/** A leaf that may be changed. */
export interface EditableLeaf<Value> {
  readonly keys: string[];
  readonly values: Value[];
}

/** A fork that may be changed. */
export interface EditableBranch<Value> {
  readonly keys: string[];
  readonly nodes: SortedBranch<Value>["nodes"][number][];
}

/** Gives a leaf to change: the given one where it was made in the batch, a copy otherwise. */
export function editLeaf<Value>(
  leaf: SortedLeaf<Value>,
  owned: Owned | null,
): EditableLeaf<Value> {
  if (owned?.has(leaf)) return leaf as EditableLeaf<Value>;
  return own({ keys: leaf.keys.slice(), values: leaf.values.slice() }, owned);
}

/** Gives a fork to change: the given one where it was made in the batch, a copy otherwise. */
export function editBranch<Value>(
  branch: SortedBranch<Value>,
  owned: Owned | null,
): EditableBranch<Value> {
  if (owned?.has(branch)) return branch as EditableBranch<Value>;
  return own({ keys: branch.keys.slice(), nodes: branch.nodes.slice() }, owned);
}

/** Gives a map of another size and root: the given one where it was made in the batch. */
export function editMap<Value>(
  map: SortedMap<Value>,
  { size, root }: SortedMap<Value>,
  owned: Owned | null,
): SortedMap<Value> {
  if (!owned?.has(map)) return own({ size, root }, owned);
  const editable = map as {
    -readonly [Name in keyof typeof map]: typeof map[Name];
  };
  editable.size = size;
  editable.root = root;
  return map;
}
