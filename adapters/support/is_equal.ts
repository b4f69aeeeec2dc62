import { kindOf } from "../../core/payload/read/read_safely.ts";

/**
 * Tells whether two values are deeply equal: the same primitive (`NaN` is like itself), arrays of
 * equal elements, or plain objects with equal own properties in any order. Functions and other
 * objects are equal only to themselves. Works without recursion. After 100,000 comparisons, as of
 * values that contain themselves, and for values that throw when they are read, it answers false: a
 * caller that wanted to save work then works. Never throws.
 *
 * @example
 * ```ts ignore
 * isEqual({ a: [1, 2] }, { a: [1, 2] }); // true
 * ```
 */
export function isEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  try {
    return isDeeplyEqual(left, right);
  } catch {
    return false;
  }
}

interface Fields {
  readonly [name: string]: unknown;
}

function isDeeplyEqual(left: unknown, right: unknown): boolean {
  const pairs: unknown[] = [left, right];
  for (let steps = 0; pairs.length > 0; steps++) {
    const other = pairs.pop() as Fields;
    const one = pairs.pop() as Fields;
    const kind = kindOf(one);
    if (steps > 100_000 || kind === "other" || kind !== kindOf(other)) {
      return false;
    }
    const names = Object.keys(one);
    if (names.length !== Object.keys(other).length) return false;
    for (const name of names) {
      if (!Object.hasOwn(other, name)) return false;
      const value = one[name];
      const counterpart = other[name];
      if (!Object.is(value, counterpart)) pairs.push(value, counterpart);
    }
  }
  return true;
}
