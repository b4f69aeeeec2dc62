import { malformedCondition } from "../condition_faults.ts";
import { fails, instruct, isInGroup } from "../instruction.ts";
import { toText } from "../primitives.ts";
import { referTo } from "../members.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

// Membership in a saved list. An unknown group has no members; of a group that is no list, or
// malformed, both are false.

/** `$inGroup`: the value is in a saved list. */
export const inGroup: OperatorCompiler = /* @__PURE__ */ groupMembership(true);

/** `$notInGroup`: the value is not in a saved list. */
export const notInGroup: OperatorCompiler = /* @__PURE__ */ groupMembership(
  false,
);

function groupMembership(expected: boolean): OperatorCompiler {
  return (operand) => {
    const id = toText(operand);
    return id === null
      ? fails(malformedCondition)
      : instruct(isInGroup, referTo(id), expected);
  };
}
