import type { Evaluation } from "../evaluation/evaluation.ts";
import { addAssignment } from "../evaluation/known_assignments.ts";
import { stickyDocuments } from "../evaluation/start_evaluation.ts";
import { stickyAssignmentKey } from "../sticky/sticky_assignments.ts";
import { stickyAttributeValue } from "../sticky/sticky_document_key.ts";
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
  if (stickyDocuments(evaluation) !== null && !viewed.disableStickyBucketing) {
    const { hashAttribute: attributeName, hashValue, key } = result;
    const name = stickyAssignmentKey(viewed);
    if (addAssignment(evaluation, attributeName, hashValue, name, key)) {
      record?.({
        type: "sticky-bucket.assigned",
        attributeName,
        attributeValue: stickyAttributeValue(hashValue),
        assignments: { [name]: key },
      });
    }
  }
  record?.({ type: "experiment.viewed", experiment: viewed, result });
}
