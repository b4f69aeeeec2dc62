import { compilePattern } from "../../pattern/compile_pattern.ts";
import { instruct, matches, never, type Part } from "../instruction.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// An unanchored JavaScript regular expression, compiled once, tested on the attribute's text. A
// pattern that isn't a string, or isn't valid, matches no value. One that would take too long on a
// text throws: the condition can't be evaluated then.

/** `$regex`: the value's text matches the pattern. */
export const pattern: OperatorCompiler = (operand) => compileMatch(operand, "");

/** `$regexi`: the value's text matches the pattern, whatever its case. */
export const patternFolded: OperatorCompiler = (operand) =>
  compileMatch(operand, "i");

function compileMatch(operand: unknown, flags: string): Part {
  const matcher = compilePattern(operand, flags);
  return matcher === null ? never : instruct(matches, matcher);
}
