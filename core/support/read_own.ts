/** Reads an own property; null where there is none. */
export function readOwn(record: unknown, name: string): unknown {
  return isObject(record) && Object.hasOwn(record, name) ? record[name] : null;
}

/** Tells whether a value is an object or an array, whose own properties may be read by name. */
export function isObject(
  value: unknown,
): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null;
}

/** Tells whether a table has an entry of its own for a key. */
export function isKeyOf<Table extends object>(
  table: Table,
  key: PropertyKey,
): key is keyof Table {
  return Object.hasOwn(table, key);
}
