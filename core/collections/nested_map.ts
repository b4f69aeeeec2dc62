import { deleteEntry } from "./delete_entry.ts";
import { getEntry } from "./get_entry.ts";
import type { Owned } from "./owned.ts";
import { packMap } from "./pack_map.ts";
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

/**
 * Gives maps in which a path ends in a number. The given ones are untouched. With `owned`, what is in
 * there is changed instead of copied.
 */
export function setNested(
  map: NestedMap,
  path: readonly string[],
  value: number,
  owned: Owned | null = null,
  from: number = 0,
): NestedMap {
  const key = path[from]!;
  if (from === path.length - 1) return setEntry(map, key, value, owned);
  const inner = getEntry(map, key);
  const given: NestedMap = typeof inner === "object" ? inner : emptyMap;
  const after = setNested(given, path, value, owned, from + 1);
  return after === inner ? map : setEntry(map, key, after, owned);
}

/**
 * Gives maps without a path, and without the maps that are empty then. The given ones are untouched.
 * With `owned`, what is in there is changed instead of copied.
 */
export function deleteNested(
  map: NestedMap,
  path: readonly string[],
  owned: Owned | null = null,
  from: number = 0,
): NestedMap {
  const key = path[from]!;
  const inner = getEntry(map, key);
  if (inner === undefined) return map;
  if (typeof inner === "number") return deleteEntry(map, key, owned);
  const left = deleteNested(inner, path, owned, from + 1);
  if (left === inner) return map;
  return left.size === 0
    ? deleteEntry(map, key, owned)
    : setEntry(map, key, left, owned);
}

/** Gives the same maps, the large ones with their leaves in writing; see `packMap`. */
export function packNested(map: NestedMap): NestedMap {
  return packMap(
    map,
    (value) => typeof value === "number" ? value : packNested(value),
  );
}
