import { attempt } from "../../support/attempt.ts";
import { isFilled } from "../../support/is_list.ts";

/** Stands for a property that can't be read. */
export const unreadable: unique symbol = /* @__PURE__ */ Symbol("unreadable");

/** Reads a property of whatever object; `unreadable` where that throws. */
export function readSafely(holder: object, key: string | number): unknown {
  try {
    return (holder as { readonly [key: string | number]: unknown })[key];
  } catch {
    return unreadable;
  }
}

/** Lists the own enumerable names of whatever object; null where it won't tell. */
export function keysSafely(holder: object): readonly string[] | null {
  try {
    return Object.keys(holder);
  } catch {
    return null;
  }
}

/** Gives the length of whatever array; null where it won't tell, or pretends. */
export function lengthSafely(list: object): number | null {
  const length = readSafely(list, "length");
  if (typeof length !== "number" || !Number.isSafeInteger(length)) return null;
  return attempt(() => isFilled(list, length), false) ? length : null;
}

/** How a value may be read. */
export type ObjectKind = "array" | "record" | "other";

/**
 * Tells an array from a record, which is a plain object of any realm, from anything else: a
 * `Date`, a `Map`, what a class made, a proxy that throws, or no object at all.
 */
export function kindOf(value: unknown): ObjectKind {
  if (typeof value !== "object" || value === null) return "other";
  try {
    if (Array.isArray(value)) return "array";
    const prototype: unknown = Object.getPrototypeOf(value);
    // That of this realm is known at once.
    return prototype === Object.prototype || prototype === null ||
        Object.getPrototypeOf(prototype) === null
      ? "record"
      : "other";
  } catch {
    return "other";
  }
}
