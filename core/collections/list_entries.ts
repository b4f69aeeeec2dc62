import { openNode, type SortedMap, type SortedNode } from "./sorted_map.ts";

/** Lists the entries of a map, sorted by key. */
export function* listEntries<Value>(
  map: SortedMap<Value>,
): Generator<readonly [key: string, value: Value]> {
  yield* listNode(map.root);
}

function* listNode<Value>(
  given: SortedNode<Value>,
): Generator<readonly [key: string, value: Value]> {
  const node = openNode(given);
  if ("nodes" in node) {
    for (const part of node.nodes) yield* listNode(part);
    return;
  }
  for (let index = 0; index < node.keys.length; index++) {
    yield [node.keys[index]!, node.values[index]!];
  }
}
