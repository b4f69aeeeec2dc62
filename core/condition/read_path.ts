import { hasOwn } from "../support/has_own.ts";
import { isObject } from "../support/read_own.ts";

/**
 * Reads what stands at a path; null where the path breaks off. Reads own properties only, of objects
 * and arrays, so an attribute whose own name has a dot is out of its reach.
 */
export function readPath(record: unknown, path: readonly string[]): unknown {
  let current = record;
  for (let index = 0; index < path.length; index++) {
    const name = path[index]!;
    if (!isObject(current) || !hasOwn(current, name)) return null;
    current = current[name];
  }
  return current;
}
