import { compilePattern } from "../../pattern/compile_pattern.ts";
import { calls, instruct, never } from "../instruction.ts";
import { toText } from "../primitives.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// An unanchored JavaScript regular expression, compiled once, tested on the attribute's text. A
// pattern that isn't a string, or isn't valid, matches no value. One that would take too long on a
// text throws: the condition can't be evaluated then.

/** `$regex`: the value's text matches the pattern. */
export const pattern: OperatorCompiler = /* @__PURE__ */ match("");

/** `$regexi`: the value's text matches the pattern, whatever its case. */
export const patternFolded: OperatorCompiler = /* @__PURE__ */ match("i");

function match(flags: string): OperatorCompiler {
  return (operand) => {
    const matches = compilePattern(operand, flags);
    if (matches === null) return never;
    return instruct(calls, (value) => {
      const text = toText(value);
      return text !== null && matches(text);
    });
  };
}
