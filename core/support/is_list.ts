import { fault } from "./fault.ts";

/** A longer list has to prove that it has all those elements: some are but a hole. */
const longest = 100_000;

/**
 * Tells whether what passes for a list by its length has what it claims. Lists that JSON can hold do. What
 * code made may claim four billion elements and have one, and going through it would take forever.
 */
export function isFilled(list: object, length: number): boolean {
  return length <= longest || Object.keys(list).length >= length;
}

/** Tells whether a value is an array, and one that can be gone through. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && isFilled(value, value.length);
}

const endlessList = /* @__PURE__ */ fault("endlessList");

/** Gives a value whose text or number is asked for. Throws for an array that can't be gone through. */
export function convertible(value: unknown): unknown {
  if (Array.isArray(value) && !isList(value)) throw endlessList;
  return value;
}
