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

/**
 * Reads what stands at a path that is written with dots, as `readPath` does. A path that breaks off is not taken
 * apart: it may be as long as a payload, and is read anew by each evaluation.
 */
export function readDottedPath(record: unknown, path: string): unknown {
  let current = record;
  for (let start = 0; start >= 0;) {
    const end = path.indexOf(".", start);
    const name = path.slice(start, end < 0 ? undefined : end);
    if (!isObject(current) || !hasOwn(current, name)) return null;
    current = current[name];
    start = end < 0 ? -1 : end + 1;
  }
  return current;
}
