import { compileCondition } from "../condition/compile_condition.ts";
import { holds } from "../condition/holds.ts";
import type { Gate } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";

/** Lets through whose attributes meet the condition. */
export function conditionGate(condition: unknown): Gate {
  const test = compileCondition(condition);
  return makeGate(
    "condition",
    (evaluation) =>
      holds(test, evaluation.attributes, evaluation) ? null : "condition",
    { condition },
  );
}
