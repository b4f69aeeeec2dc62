/** Reads what stands at a path; null where the path breaks off. */
export type PathReader = (record: unknown) => unknown;

/**
 * Makes the reader of a dot path, split once. It reads own properties only, of objects and arrays,
 * so an attribute whose own name has a dot is out of its reach.
 */
export function compilePath(path: string): PathReader {
  const names = path.split(".");
  if (names.length === 1) return (record) => readOwn(record, path);
  return (record) => {
    let current = record;
    for (let index = 0; index < names.length; index++) {
      const name = names[index]!;
      if (!isObject(current) || !Object.hasOwn(current, name)) return null;
      current = current[name];
    }
    return current;
  };
}

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
