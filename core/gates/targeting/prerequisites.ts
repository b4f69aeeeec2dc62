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
import { asksParents, type Verdict } from "../step.ts";

const badParent = /* @__PURE__ */ fault("badParent");

// What stands for a parent that is none. Nothing of it is read.
const malformedParent = {} as Prerequisite;

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
    const parents = Array.from(list as readonly (ParentCondition | null)[]);
    // Backwards, because a parent knows the next.
    const first = parents.reduceRight<Prerequisite | null>(
      (next, parent) => compilePrerequisite(parent, origin, next),
      null,
    );
    return first === null ? () => true : { code: asksParents, operand: first };
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
  { featureId, endsFeature }: Asking,
  next: Prerequisite | null,
): Prerequisite {
  if (parent === null || parent === undefined) return malformedParent;
  const condition = parent.condition || {};
  // As a rule the value is all that a condition names.
  const isOfValue = Object.keys(condition).join() === "value";
  const gate = Boolean(parent.gate);
  return {
    // What each call reads stands together. Written out: what is spread is not kept in one piece.
    id: parent.id,
    turn: 0,
    found: null,
    asking: featureId,
    isOfValue,
    test: isOfValue
      ? compileExpectation(condition.value)
      : compileCondition(condition),
    next,
    endsFeature: gate && endsFeature,
    gate,
    condition,
  };
}

/** Tells whether each parent, from the first on, has the value required of it. */
export function checkParents(
  first: Prerequisite,
  evaluation: Evaluation,
): Verdict {
  let parent: Prerequisite | null = first;
  while (parent !== null) {
    const verdict = checkParent(parent, evaluation);
    if (verdict !== true) return verdict;
    parent = parent.next;
  }
  return true;
}

function checkParent(parent: Prerequisite, evaluation: Evaluation): Verdict {
  if (parent === malformedParent) throw badParent;
  const { call } = evaluation;
  const result = call.feature(evaluation, parent, parent.asking);
  const isCyclic = result.source === "cyclicPrerequisite";
  const passed = !isCyclic &&
    holds(
      parent.test,
      parent.isOfValue ? result.value : { value: result.value },
      evaluation,
    );
  call.trace?.prerequisite(parent, passed, result);
  if (isCyclic) return result.source as "cyclicPrerequisite";
  return !passed && parent.endsFeature ? "prerequisite" : passed;
}
