import { kindOf } from "../../core/payload/read/read_safely.ts";

/**
 * Tells whether two values are deeply equal: the same primitive (`NaN` is like itself), arrays of
 * equal elements, or plain objects with equal own properties in any order. Functions and other
 * objects are equal only to themselves. After 100,000 comparisons, for values that nest too deeply for
 * the stack, as those that contain themselves, and for values that throw when they are read, it answers
 * false: a caller that wanted to save work then works. Never throws.
 *
 * @example
 * ```ts ignore
 * isEqual({ a: [1, 2] }, { a: [1, 2] }); // true
 * ```
 */
export function isEqual(left: unknown, right: unknown): boolean {
  let steps = 0;
  const compare = (one: unknown, other: unknown): boolean => {
    if (Object.is(one, other)) return true;
    const kind = kindOf(one);
    if (steps++ > 100_000 || kind === "other" || kind !== kindOf(other)) {
      return false;
    }
    const fields = one as Fields;
    const others = other as Fields;
    const names = Object.keys(fields);
    return names.length === Object.keys(others).length &&
      names.every((name) =>
        Object.hasOwn(others, name) && compare(fields[name], others[name])
      );
  };
  try {
    return compare(left, right);
  } catch {
    return false;
  }
}

interface Fields {
  readonly [name: string]: unknown;
}
