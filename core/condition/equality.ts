import { malformedCondition } from "./condition_faults.ts";
import { isObject } from "../support/read_own.ts";
import {
  calls,
  fails,
  instruct,
  isNumber,
  isSame,
  isText,
  isTruthy,
  type Part,
} from "./instruction.ts";
import { toJson } from "./primitives.ts";

/**
 * Compiles the comparison with a plain value, which is looser than `$eq`: a string compares with
 * the attribute's text, a number with its numeric value, a boolean with its truthiness, and an
 * array or object by JSON text.
 */
export function compileEquality(expected: unknown): Part {
  switch (typeof expected) {
    case "string":
      return instruct(isText, expected);
    case "number":
      return instruct(isNumber, expected);
    case "boolean":
      return instruct(isTruthy, null, expected);
  }
  if (expected === null) return instruct(isSame, null);
  const text = toJson(expected);
  return text === null
    ? fails(malformedCondition)
    : instruct(calls, (value) => isObject(value) && toJson(value) === text);
}
