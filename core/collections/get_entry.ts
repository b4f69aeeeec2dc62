import { findKey, findPart, openNode, type SortedMap } from "./sorted_map.ts";

/** Finds the value of a key; undefined where there is none. */
export function getEntry<Value>(
  map: SortedMap<Value>,
  key: string,
): Value | undefined {
  let node = openNode(map.root);
  while ("nodes" in node) {
    node = openNode(node.nodes[findPart(node.keys, key)]!);
  }
  const index = findKey(node.keys, key);
  return index >= 0 && node.keys[index] === key
    ? node.values[index]
    : undefined;
}
