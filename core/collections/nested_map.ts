import { deleteEntry } from "./delete_entry.ts";
import { getEntry } from "./get_entry.ts";
import { setEntry } from "./set_entry.ts";
import { emptyMap, type SortedMap } from "./sorted_map.ts";

/** Maps in maps, with a number at the end: a key of several parts, none of which is glued to another. */
export type NestedMap = SortedMap<NestedMap | number>;

/** Finds the number at the end of a path of one key or more; undefined where the path ends early. */
export function getNested(
  map: NestedMap,
  path: readonly string[],
): number | undefined {
  let found: NestedMap | number | undefined = map;
  for (const key of path) {
    if (typeof found !== "object") return undefined;
    found = getEntry<NestedMap | number>(found, key);
  }
  return typeof found === "number" ? found : undefined;
}

/** Gives maps in which a path ends in a number. The given ones are untouched. */
export function setNested(
  map: NestedMap,
  path: readonly string[],
  value: number,
  from: number = 0,
): NestedMap {
  const key = path[from]!;
  if (from === path.length - 1) return setEntry(map, key, value);
  const inner = getEntry(map, key);
  const given: NestedMap = typeof inner === "object" ? inner : emptyMap;
  return setEntry(map, key, setNested(given, path, value, from + 1));
}

/** Gives maps without a path, and without the maps that are empty then. The given ones are untouched. */
export function deleteNested(
  map: NestedMap,
  path: readonly string[],
  from: number = 0,
): NestedMap {
  const key = path[from]!;
  const inner = getEntry(map, key);
  if (inner === undefined) return map;
  if (typeof inner === "number") return deleteEntry(map, key);
  const left = deleteNested(inner, path, from + 1);
  if (left === inner) return map;
  return left.size === 0 ? deleteEntry(map, key) : setEntry(map, key, left);
}
