import { isList } from "../../support/is_list.ts";
import { calls, instruct, isAmong, never } from "../instruction.ts";
import { isMember } from "../members.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// Each is false unless the operand is an array; an array attribute matches when one of its elements
// does. The folded forms ignore the case of strings.

/** `$in`: the value is in the list. */
export const among: OperatorCompiler = /* @__PURE__ */ membership(true);

/** `$nin`: the value is not in the list. */
export const notAmong: OperatorCompiler = /* @__PURE__ */ membership(false);

/** `$ini`: the value is in the list, whatever its case. */
export const amongFolded: OperatorCompiler = /* @__PURE__ */ membership(
  true,
  foldCase,
);

/** `$nini`: the value is not in the list, whatever its case. */
export const notAmongFolded: OperatorCompiler = /* @__PURE__ */ membership(
  false,
  foldCase,
);

function membership(
  expected: boolean,
  fold?: (value: unknown) => unknown,
): OperatorCompiler {
  return (operand) => {
    if (!isList(operand)) return never;
    if (!fold) return instruct(isAmong, new Set(operand), expected);
    const members = new Set(operand.map(fold));
    return instruct(calls, (value) => {
      const folded = isList(value) ? value.map(fold) : fold(value);
      return isMember(members, folded) === expected;
    });
  };
}

function foldCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
