import { compileCondition } from "../condition/compile_condition.ts";
import type { ConditionNode } from "../condition/condition_node.ts";
import { tellFailure } from "../condition/explain_condition.ts";
import { holds } from "../condition/holds.ts";
import { fault } from "../evaluation/fault.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { type Gate, makeGate, type Verdict } from "../evaluation/gate.ts";
import type { ParentCondition } from "../types/experiment.ts";

/** A parent with its condition compiled. */
interface Prerequisite {
  readonly id: string;
  readonly gate: boolean;
  readonly condition: unknown;
  readonly node: ConditionNode;
}

const malformedParent = fault("a parent condition is not an object");

/**
 * Lets through when each parent feature has the value required of it. For a rule, `gates` is set:
 * a parent that is a gate ends the whole feature.
 */
export function prerequisiteGate(
  parents: readonly ParentCondition[],
  gates: boolean,
): Gate {
  const prerequisites = Array.from(parents, compilePrerequisite);
  return makeGate({
    name: "prerequisites",
    unlessSticky: true,
    check: (evaluation) => {
      for (let index = 0; index < prerequisites.length; index++) {
        const verdict = checkParent(prerequisites[index]!, gates, evaluation);
        if (verdict !== null) return verdict;
      }
      return null;
    },
  });
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
    node: compileCondition(condition),
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
  const passed = !isCyclic && holds(parent.node, record, evaluation);
  if (evaluation.trace !== null) {
    evaluation.trace.prerequisite(
      parent.id,
      parent.gate,
      passed,
      passed || isCyclic
        ? {}
        : tellFailure(parent.node, parent.condition, record, evaluation),
    );
  }
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
