import { failWith, malformedCondition } from "./condition_faults.ts";
import type { ValueTest } from "./condition_node.ts";

type Order = (left: number, right: number) => boolean;

const orders: { readonly [operator: string]: Order } = {
  $lt: (left, right) => left < right,
  $lte: (left, right) => left <= right,
  $gt: (left, right) => left > right,
  $gte: (left, right) => left >= right,
};

/**
 * Compiles `$lt $lte $gt $gte`, which order as JavaScript does: null counts as 0, two strings
 * compare as strings. An attribute that can't become a primitive fails.
 */
export function compileOrder(
  operator: string,
  operand: unknown,
): ValueTest["test"] {
  const order = orders[operator]!;
  // JavaScript's operators take any operands; the types of TypeScript's do not.
  const bound = toPrimitive(operand) as number;
  if (typeof bound === "symbol") return failWith(malformedCondition);
  return (actual) => {
    if (typeof actual === "number" || typeof actual === "string") {
      return order(actual as number, bound);
    }
    try {
      return order(actual as number, bound);
    } catch {
      return false;
    }
  };
}

// A symbol stands for an operand that can't become a primitive: nothing compares with one.
function toPrimitive(operand: unknown): unknown {
  if (typeof operand !== "object" || operand === null) return operand;
  try {
    return String(operand);
  } catch {
    return Symbol();
  }
}
