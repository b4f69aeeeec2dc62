import { compileCondition } from "../condition/compile_condition.ts";
import { holds } from "../condition/holds.ts";
import type {
  Check,
  Evaluation,
  Prerequisite,
  Verdict,
} from "../evaluation/evaluation.ts";
import { fault } from "../support/fault.ts";
import type { ParentCondition } from "../types/experiment.ts";

const malformedParent = /* @__PURE__ */ fault("badParent");

/**
 * Lets through when each parent feature has the value required of it. For a rule, `gates` is set:
 * a parent that is a gate ends the whole feature.
 */
export function checkPrerequisites(
  { parentConditions }: Parents,
  gates: boolean,
): Check | null {
  if (!parentConditions) return null;
  if (
    !Array.isArray(parentConditions) && typeof parentConditions !== "string"
  ) {
    throw fault("badParents");
  }
  const prerequisites = Array.from(parentConditions, compilePrerequisite);
  return (evaluation) => {
    for (let index = 0; index < prerequisites.length; index++) {
      const verdict = checkParent(prerequisites[index]!, gates, evaluation);
      if (verdict !== null) return verdict;
    }
    return null;
  };
}

interface Parents {
  readonly parentConditions?: readonly ParentCondition[];
}

function compilePrerequisite(
  parent: ParentCondition | null,
): Prerequisite | null {
  if (parent === null || parent === undefined) return null;
  const condition = parent.condition || {};
  return {
    id: parent.id,
    gate: Boolean(parent.gate),
    condition,
    test: compileCondition(condition),
  };
}

function checkParent(
  parent: Prerequisite | null,
  gates: boolean,
  evaluation: Evaluation,
): Verdict {
  if (parent === null) throw malformedParent;
  const result = evaluateParent(evaluation, parent.id);
  const record = { value: result.value };
  const isCyclic = result.source === "cyclicPrerequisite";
  const passed = !isCyclic && holds(parent.test, record, evaluation);
  evaluation.trace?.prerequisite(parent, passed, result, evaluation);
  if (isCyclic) return "cyclicPrerequisite";
  if (passed) return null;
  return parent.gate && gates ? "prerequisiteGate" : "prerequisite";
}

// A parent's own experiments use the same registers as the experiment that waits for it.
function evaluateParent(evaluation: Evaluation, key: string) {
  const { hashAttribute, hashValue, bucket, variation, sticky, blocked } =
    evaluation;
  const result = evaluation.feature(evaluation, key);
  evaluation.hashAttribute = hashAttribute;
  evaluation.hashValue = hashValue;
  evaluation.bucket = bucket;
  evaluation.variation = variation;
  evaluation.sticky = sticky;
  evaluation.blocked = blocked;
  return result;
}
