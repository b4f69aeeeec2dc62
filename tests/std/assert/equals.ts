import { deepStrictEqual } from "node:assert";
import { comparable } from "./comparable.ts";
import { rethrow } from "./rethrow.ts";

/**
 * Asserts that `actual` and `expected` are deeply equal.
 *
 * As in the real package: -0 equals 0, NaN equals NaN, a missing key differs
 * from a key with the value `undefined`, the order of keys does not matter, and
 * a record without a prototype equals a plain one. Different from it: the text
 * of the failure; -0 inside a class instance differs from 0; a hole in an array
 * differs from `undefined`; errors also compare by what they say; weak
 * collections compare instead of being refused.
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  rethrow(() => deepStrictEqual(comparable(actual), comparable(expected)), msg);
}
