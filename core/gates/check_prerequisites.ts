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
 * Lets through when each parent feature has the value required of it. `asking` is the key of the
 * feature that has them; null for an inline experiment. For a rule, `gates` is set: a parent that
 * is a gate ends the whole feature.
 */
export function checkPrerequisites(
  { parentConditions }: Parents,
  asking: string | null,
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
      const parent = prerequisites[index]!;
      const verdict = checkParent(parent, asking, gates, evaluation);
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
  asking: string | null,
  gates: boolean,
  evaluation: Evaluation,
): Verdict {
  if (parent === null) throw malformedParent;
  const result = evaluateParent(evaluation, parent.id, asking);
  const record = { value: result.value };
  const isCyclic = result.source === "cyclicPrerequisite";
  const passed = !isCyclic && holds(parent.test, record, evaluation);
  evaluation.trace?.prerequisite(parent, passed, result);
  if (isCyclic) return "cyclicPrerequisite";
  if (passed) return null;
  return parent.gate && gates ? "prerequisiteGate" : "prerequisite";
}

// A parent's own experiments use the same registers as the experiment that waits for it, which has
// no bucket yet. An inline experiment is nobody's parent, and so not in the way of any.
function evaluateParent(
  evaluation: Evaluation,
  key: string,
  asking: string | null,
) {
  const { frame: outer, hashAttribute, hashValue, variation, sticky, blocked } =
    evaluation;
  if (asking !== null) {
    const depth = outer === null ? 1 : outer.depth + 1;
    evaluation.frame = { key: asking, depth, outer };
  }
  const result = evaluation.feature(evaluation, key);
  evaluation.frame = outer;
  evaluation.hashAttribute = hashAttribute;
  evaluation.hashValue = hashValue;
  evaluation.variation = variation;
  evaluation.sticky = sticky;
  evaluation.blocked = blocked;
  return result;
}
