import type { ValueTest } from "./condition_node.ts";
import { toText } from "./primitives.ts";

const neverMatches: ValueTest["test"] = () => false;

/**
 * Compiles `$regex $regexi`: an unanchored JavaScript regular expression, compiled once, tested on
 * the attribute's text. A pattern that isn't a string, or isn't valid, matches nobody.
 */
export function compilePattern(
  operator: string,
  operand: unknown,
): ValueTest["test"] {
  const pattern = readPattern(operand, operator === "$regexi" ? "i" : "");
  if (pattern === null) return neverMatches;
  return (actual) => {
    const text = toText(actual);
    return text !== null && pattern.test(text);
  };
}

/** Makes a regular expression; null where the source isn't a valid one. */
export function readPattern(source: unknown, flags: string): RegExp | null {
  if (typeof source !== "string") return null;
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}
