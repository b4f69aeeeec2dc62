/** Gives the map that a map has for a key; a new one where it has none. */
export function getOrAdd<Key, InnerKey, Value>(
  map: Map<Key, Map<InnerKey, Value>>,
  key: Key,
): Map<InnerKey, Value> {
  let inner = map.get(key);
  if (inner === undefined) map.set(key, inner = new Map());
  return inner;
}
