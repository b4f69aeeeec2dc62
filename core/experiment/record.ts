import type { Evaluation } from "../evaluation/evaluation.ts";
import { evolveStickyBuckets } from "../sticky/evolve_sticky_buckets.ts";
import { stickyAssignmentKey } from "../sticky/sticky_assignments.ts";
import { stickyAttributeValue } from "../sticky/sticky_document_key.ts";
import type {
  DecisionEvent,
  ExperimentViewed,
  StickyBucketAssigned,
} from "../types/decision_event.ts";
import type { ExperimentResult } from "../types/result.ts";
import type { CompiledExperiment } from "./compile_experiment.ts";

/**
 * Records what a user's being part of an experiment causes: the assignment to keep, which later
 * rules of the same decision see, and the exposure.
 */
export function recordParticipation(
  compiled: CompiledExperiment,
  evaluation: Evaluation,
  result: ExperimentResult,
): void {
  if (
    evaluation.documents !== null && !compiled.viewed.disableStickyBucketing
  ) {
    recordAssignment(compiled, evaluation, evaluation.documents, result);
  }
  if (evaluation.events !== null) {
    recordExposure(evaluation.events, {
      type: "experiment.viewed",
      experiment: compiled.viewed,
      result,
    });
  }
}

/** Adds an exposure, unless the same one is there already. */
export function recordExposure(
  events: DecisionEvent[],
  exposure: ExperimentViewed,
): void {
  for (const event of events) {
    if (event.type === exposure.type && isSameExposure(event, exposure)) return;
  }
  events.push(exposure);
}

function recordAssignment(
  compiled: CompiledExperiment,
  evaluation: Evaluation,
  documents: NonNullable<Evaluation["documents"]>,
  result: ExperimentResult,
): void {
  const { hashAttribute, hashValue, key } = result;
  const event: StickyBucketAssigned = {
    type: "sticky-bucket.assigned",
    attributeName: hashAttribute,
    attributeValue: stickyAttributeValue(hashValue),
    assignments: { [stickyAssignmentKey(compiled.viewed)]: key },
  };
  const evolved = evolveStickyBuckets(documents, event);
  if (evolved === documents) return;
  evaluation.documents = evolved;
  evaluation.assigned++;
  evaluation.events?.push(event);
}

function isSameExposure(
  left: ExperimentViewed,
  right: ExperimentViewed,
): boolean {
  return left.experiment.key === right.experiment.key &&
    left.result.variationId === right.result.variationId &&
    left.result.hashAttribute === right.result.hashAttribute &&
    isSameValue(left.result.hashValue, right.result.hashValue);
}

// Values are told apart by type and content, not by the text that is hashed.
function isSameValue(left: unknown, right: unknown): boolean {
  return left === right ||
    typeof left === "object" && typeof right === "object" &&
      JSON.stringify(left) === JSON.stringify(right);
}
