import { isObject } from "../support/read_own.ts";

/** Reads what stands at a path; null where the path breaks off. */
export type PathReader = (record: unknown) => unknown;

/**
 * Makes the reader of a dot path, split once. It reads own properties only, of objects and arrays,
 * so an attribute whose own name has a dot is out of its reach.
 */
export function compilePath(path: string): PathReader {
  const names = path.split(".");
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
