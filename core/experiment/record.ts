import type { Evaluation } from "../evaluation/evaluation.ts";
import { forget, memoOf } from "../evaluation/memo.ts";
import { stickyDocuments } from "../evaluation/start_evaluation.ts";
import { evolveStickyBuckets } from "../sticky/evolve_sticky_buckets.ts";
import { stickyAssignmentKey } from "../sticky/sticky_assignments.ts";
import { stickyAttributeValue } from "../sticky/sticky_document_key.ts";
import { readOwn } from "../support/read_own.ts";
import { setOwn } from "../support/set_own.ts";
import type { StickyBucketAssigned } from "../types/decision_event.ts";
import type { ExperimentResult } from "../types/result.ts";
import type { StickyAssignmentDocuments } from "../types/sticky_bucket.ts";
import type { CompiledExperiment } from "./compile_experiment.ts";

/**
 * Records what a user's being part of an experiment causes: the assignment to keep, which later
 * rules of the same decision see, and the exposure.
 */
export function recordParticipation(
  { viewed }: CompiledExperiment,
  evaluation: Evaluation,
  result: ExperimentResult,
): void {
  const { record } = evaluation.call;
  const documents = stickyDocuments(evaluation);
  if (documents !== null && !viewed.disableStickyBucketing) {
    const assigned: StickyBucketAssigned = {
      type: "sticky-bucket.assigned",
      attributeName: result.hashAttribute,
      attributeValue: stickyAttributeValue(result.hashValue),
      assignments: { [stickyAssignmentKey(viewed)]: result.key },
    };
    if (assign(assigned, documents, evaluation)) {
      const memo = memoOf(evaluation);
      memo.changes++;
      forget(memo);
      record?.(assigned);
    }
  }
  record?.({ type: "experiment.viewed", experiment: viewed, result });
}

// False where it is there. The first that is added to a document copies it, and what comes after is added to the
// copy: a payload may have thousands.
function assign(
  assigned: StickyBucketAssigned,
  documents: StickyAssignmentDocuments,
  evaluation: Evaluation,
): boolean {
  const { attributeName, attributeValue, assignments } = assigned;
  const key = `${attributeName}||${attributeValue}`;
  const own = evaluation.memo?.assignments?.get(key);
  if (own !== undefined) {
    const [name, variation] = Object.entries(assignments)[0]!;
    if (readOwn(own, name) === variation) return false;
    setOwn(own, name, variation);
    return true;
  }
  const evolved = evolveStickyBuckets(documents, assigned);
  if (evolved === documents) return false;
  const memo = memoOf(evaluation);
  memo.evolved = evolved;
  memo.assignments ??= new Map();
  memo.assignments.set(key, evolved[key]!.assignments);
  return true;
}
