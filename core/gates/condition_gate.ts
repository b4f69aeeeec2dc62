import { compileCondition } from "../condition/compile_condition.ts";
import { holds } from "../condition/holds.ts";
import { tellFailure } from "../condition/explain_condition.ts";
import { type Gate, makeGate } from "../evaluation/gate.ts";

/** Lets through whose attributes meet the condition. */
export function conditionGate(condition: unknown): Gate {
  const node = compileCondition(condition);
  return makeGate({
    name: "condition",
    unlessSticky: true,
    check: (evaluation) =>
      holds(node, evaluation.attributes, evaluation) ? null : "condition",
    detail: (evaluation, verdict) =>
      verdict === null
        ? {}
        : tellFailure(node, condition, evaluation.attributes, evaluation),
  });
}
