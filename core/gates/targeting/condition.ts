import { compileCondition } from "../../condition/compile_condition.ts";
import type { Gate } from "../gate.ts";
import { meetsCondition } from "../step.ts";
import type { Facts } from "../facts.ts";

/** Lets through users whose attributes meet the condition. */
export const condition: Gate<{ readonly condition?: unknown }, unknown> = {
  skippedBySticky: true,
  make: ({ condition }) =>
    condition
      ? { code: meetsCondition, operand: compileCondition(condition) }
      : null,
};

/** Tells why a condition failed. */
export const conditionFacts: Facts<{ readonly condition?: unknown }, unknown> =
  ({ definition, verdict, evaluation, tellFailure }) => {
    const failure = verdict === true
      ? undefined
      : tellFailure(definition.condition, evaluation.attributes);
    return failure === undefined ? {} : { failure };
  };
