import { compilePattern } from "../pattern/compile_pattern.ts";
import type { Test } from "./condition_scope.ts";
import { toText } from "./primitives.ts";

/**
 * Compiles `$regex $regexi`: an unanchored JavaScript regular expression, compiled once, tested on
 * the attribute's text. A pattern that isn't a string, or isn't valid, matches nobody. One that
 * would take too long on a text throws: the condition can't be evaluated then.
 */
export function compilePatternMatch(
  operand: unknown,
  operator: string,
): Test {
  const matches = compilePattern(operand, operator === "$regexi" ? "i" : "");
  if (matches === null) return () => false;
  return (actual) => {
    const text = toText(actual);
    return text !== null && matches(text);
  };
}
