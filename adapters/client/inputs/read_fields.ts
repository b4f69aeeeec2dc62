import {
  keysSafely,
  readSafely,
} from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
import type { TellMisuse } from "./read_record.ts";

/** Reads a value with suspicion; null leaves it out. `what` is its name, for people. */
export type Reader = (
  value: unknown,
  what: string,
  tell: TellMisuse,
) => unknown;

/**
 * Reads the fields of an object that an application gives, each once, by the reader of its name.
 * `refuse` gives the message for a name that has none. A field that is undefined is as good as absent.
 * `prefix` comes before the names, for people.
 */
export function readFields(
  source: unknown,
  readers: { readonly [name: string]: Reader },
  refuse: (name: string) => string,
  tell: TellMisuse,
  prefix: string = "",
): { [name: string]: unknown } {
  const fields: { [name: string]: unknown } = {};
  for (const name of isObject(source) ? keysSafely(source) ?? [] : []) {
    const what = prefix + name;
    if (!Object.hasOwn(readers, name)) {
      tell(refuse(what));
      continue;
    }
    const value = readSafely(source as object, name);
    const read = value === undefined ? null : readers[name]!(value, what, tell);
    if (read !== null) fields[name] = read;
  }
  return fields;
}
