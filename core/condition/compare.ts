import { failWith, malformedCondition } from "./condition_faults.ts";
import { compareVersion } from "./compare_version.ts";
import type { Test } from "./condition_scope.ts";
import { paddedVersionString } from "./padded_version_string.ts";

// JavaScript's operators take any operands; the types of TypeScript's do not.
const comparisons: {
  readonly [operator: string]: (actual: number, operand: number) => boolean;
} = {
  eq: (actual, operand) => actual === operand,
  ne: (actual, operand) => actual !== operand,
  lt: (actual, operand) => actual < operand,
  lte: (actual, operand) => actual <= operand,
  gt: (actual, operand) => actual > operand,
  gte: (actual, operand) => actual >= operand,
};

/** Compiles `$eq $ne`, which compare by identity. */
export function compileIdentity(
  operand: unknown,
  operator: string,
): Test {
  const compare = comparisons[operator.slice(1)]!;
  return (actual) => compare(actual as number, operand as number);
}

/**
 * Compiles `$lt $lte $gt $gte`, which order as JavaScript does: null counts as 0, two strings
 * compare as strings. An attribute that can't become a primitive fails.
 */
export function compileOrder(
  operand: unknown,
  operator: string,
): Test {
  const compare = comparisons[operator.slice(1)]!;
  return isComparable(operand)
    ? (actual) => isComparable(actual) && compare(actual, operand)
    : failWith(malformedCondition);
}

/** Compiles `$veq $vne $vlt $vlte $vgt $vgte`: the operand is padded once. */
export function compileVersionOrder(
  operand: unknown,
  operator: string,
): Test {
  const compare = comparisons[operator.slice(2)]!;
  const version = paddedVersionString(operand);
  return (actual) => compare(compareVersion(actual, version), 0);
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
