import {
  compileCondition,
  compileExpectation,
} from "../../condition/compile_condition.ts";
import { holds } from "../../condition/holds.ts";
import type { Evaluation } from "../../evaluation/evaluation.ts";
import type { Prerequisite } from "../../evaluation/trace.ts";
import { fault } from "../../support/fault.ts";
import { isList } from "../../support/is_list.ts";
import type { ParentCondition } from "../../types/experiment.ts";
import type { Gate } from "../gate.ts";
import type { Verdict } from "../step.ts";

const malformedParent = /* @__PURE__ */ fault("badParent");

/**
 * Lets through when each parent feature has the value required of it. For a rule, a parent that is
 * a gate ends the whole feature.
 */
export const prerequisites: Gate<Parents, Asking> = {
  skippedBySticky: true,
  make: ({ parentConditions }, origin) => {
    if (!parentConditions) return null;
    // Each character of a text is the same parent, which has no name.
    const list: unknown = typeof parentConditions === "string"
      ? [{}]
      : parentConditions;
    if (!isList(list)) throw fault("badParents");
    const parents = Array.from(
      list as readonly (ParentCondition | null)[],
      compilePrerequisite,
    );
    return (evaluation) => {
      for (let index = 0; index < parents.length; index++) {
        const verdict = checkParent(parents[index]!, origin, evaluation);
        if (verdict !== true) return verdict;
      }
      return true;
    };
  },
};

interface Parents {
  readonly parentConditions?: readonly ParentCondition[];
}

interface Asking {
  /** The feature that has the parents; null for an inline experiment. */
  readonly featureId: string | null;
  /** Whether a parent that is a gate ends the feature. */
  readonly endsFeature: boolean;
}

function compilePrerequisite(
  parent: ParentCondition | null,
): Prerequisite | null {
  if (parent === null || parent === undefined) return null;
  const condition = parent.condition || {};
  // As a rule the value is all that a condition names.
  const isOfValue = Object.keys(condition).join() === "value";
  return {
    id: parent.id,
    gate: Boolean(parent.gate),
    condition,
    isOfValue,
    test: isOfValue
      ? compileExpectation(condition.value)
      : compileCondition(condition),
  };
}

function checkParent(
  parent: Prerequisite | null,
  { featureId, endsFeature }: Asking,
  evaluation: Evaluation,
): Verdict {
  if (parent === null) throw malformedParent;
  const { call } = evaluation;
  const result = call.feature(evaluation, parent.id, featureId);
  const isCyclic = result.source === "cyclicPrerequisite";
  const passed = !isCyclic &&
    holds(
      parent.test,
      parent.isOfValue ? result.value : { value: result.value },
      evaluation,
    );
  call.trace?.prerequisite(parent, passed, result);
  if (isCyclic) return result.source as "cyclicPrerequisite";
  return !passed && parent.gate && endsFeature ? "prerequisite" : passed;
}
