import type { SortedMap, SortedNode } from "./sorted_map.ts";

/**
 * Gives a map that has the same entries and takes less to write down and bring back: the leaves of a
 * map of more than one are put in writing, each by itself, and are read again when they are touched.
 * `packValue` packs what the values hold; leaves that hold something it has packed stay open, so that
 * no text is written into another. The map itself comes back where there is nothing to pack.
 */
export function packMap<Value>(
  map: SortedMap<Value>,
  packValue: (value: Value) => Value = same,
): SortedMap<Value> {
  const root = packNode(map.root, packValue, true);
  return root === map.root ? map : { size: map.size, root };
}

function same<Value>(value: Value): Value {
  return value;
}

function packNode<Value>(
  node: SortedNode<Value>,
  packValue: (value: Value) => Value,
  isAlone: boolean,
): SortedNode<Value> {
  if ("text" in node) return node;
  const { keys } = node;
  if ("nodes" in node) {
    return {
      keys,
      nodes: node.nodes.map((part) => packNode(part, packValue, false)),
    };
  }
  const values = node.values.map((value) => packValue(value));
  const isPacked = values.some((value, index) => value !== node.values[index]);
  if (isPacked) return { keys, values };
  if (isAlone) return node;
  const shared = countShared(keys[0]!, keys[keys.length - 1]!);
  const rests = keys.map((key) => key.slice(shared));
  return { text: JSON.stringify([keys[0]!.slice(0, shared), rests, values]) };
}

// Keys are sorted: what the first and the last begin with, all do.
function countShared(first: string, last: string): number {
  let count = 0;
  while (count < first.length && first[count] === last[count]) count++;
  return count;
}
