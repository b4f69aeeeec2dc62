/** What keeps values by key, such as a map. */
interface Keeper<Key, Value> {
  readonly get: (key: Key) => Value | undefined;
  readonly set: (key: Key, value: Value) => unknown;
}

/** Gives the value that is kept for a key; makes it where there is none, and keeps it. */
export function getOrMake<Key, Value extends NonNullable<unknown>>(
  keeper: Keeper<Key, Value>,
  key: Key,
  make: (key: Key) => Value,
): Value {
  let value = keeper.get(key);
  if (value === undefined) keeper.set(key, value = make(key));
  return value;
}
