import { failWith, malformedCondition } from "./condition_faults.ts";
import type { ValueTest } from "./condition_node.ts";

// JavaScript's operators take any operands; the types of TypeScript's do not.
const orders: {
  readonly [operator: string]: (bound: number) => ValueTest["test"];
} = {
  $lt: (bound) => (actual) => isComparable(actual) && actual < bound,
  $lte: (bound) => (actual) => isComparable(actual) && actual <= bound,
  $gt: (bound) => (actual) => isComparable(actual) && actual > bound,
  $gte: (bound) => (actual) => isComparable(actual) && actual >= bound,
};

/**
 * Compiles `$lt $lte $gt $gte`, which order as JavaScript does: null counts as 0, two strings
 * compare as strings. An attribute that can't become a primitive fails.
 */
export function compileOrder(
  operator: string,
  operand: unknown,
): ValueTest["test"] {
  return isComparable(operand)
    ? orders[operator]!(operand)
    : failWith(malformedCondition);
}

// What can't become a primitive, or is a symbol, compares with nothing: trying throws.
function isComparable(value: unknown): value is number {
  if (typeof value === "number" || typeof value === "string") return true;
  try {
    return (value as number) < 0 || true;
  } catch {
    return false;
  }
}
