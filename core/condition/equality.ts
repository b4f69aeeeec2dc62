import { failWith, malformedCondition } from "./condition_faults.ts";
import type { Test } from "./condition_scope.ts";
import { toJson, toNumber, toText } from "./primitives.ts";

/**
 * Compiles the comparison with a plain value, which is looser than `$eq`: a string compares with
 * the attribute's text, a number with its numeric value, a boolean with its truthiness, and an
 * array or object by JSON text.
 */
export function compileEquality(expected: unknown): Test {
  switch (typeof expected) {
    case "string":
      return (actual) =>
        (typeof actual === "string" ? actual : toText(actual)) === expected;
    case "number":
      return (actual) => toNumber(actual) === expected;
    case "boolean":
      return (actual) => actual !== null && Boolean(actual) === expected;
  }
  if (expected === null) return (actual) => actual === null;
  const text = toJson(expected);
  if (text === null) return failWith(malformedCondition);
  return (actual) =>
    typeof actual === "object" && actual !== null && toJson(actual) === text;
}
