import type { Evaluation } from "../evaluation/evaluation.ts";
import { forget, memoOf } from "../evaluation/memo.ts";
import { stickyDocuments } from "../evaluation/start_evaluation.ts";
import { addAssignments } from "../sticky/evolve_sticky_buckets.ts";
import { stickyAssignmentKey } from "../sticky/sticky_assignments.ts";
import { stickyAttributeValue } from "../sticky/sticky_document_key.ts";
import type { StickyBucketAssigned } from "../types/decision_event.ts";
import type { ExperimentResult } from "../types/result.ts";
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
    const made = evaluation.memo?.made ?? new Set();
    const evolved = addAssignments(documents, assigned, made);
    if (evolved !== null) {
      const memo = memoOf(evaluation);
      memo.made = made;
      memo.evolved = evolved;
      memo.changes++;
      forget(memo);
      record?.(assigned);
    }
  }
  record?.({ type: "experiment.viewed", experiment: viewed, result });
}
