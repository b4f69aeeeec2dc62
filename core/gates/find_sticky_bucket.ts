import type { Check } from "../evaluation/evaluation.ts";
import { readHashValue } from "../evaluation/identify.ts";
import {
  assignmentsOf,
  hasOlderAssignment,
  stickyAssignmentKey,
} from "../sticky/sticky_assignments.ts";
import { stickyDocumentKey } from "../sticky/sticky_document_key.ts";
import type { Experiment } from "../types/experiment.ts";
import type { StickyAssignments } from "../types/sticky_bucket.ts";

/**
 * Never stops anybody: it finds the variation that the user was given before, which opens the
 * gates of targeting, or notes that an assignment of an older version blocks the user.
 */
export function findStickyBucket(experiment: Experiment): Check | null {
  if (experiment.disableStickyBucketing) return null;
  const attribute = experiment.hashAttribute || "id";
  const fallback = experiment.fallbackAttribute || "id";
  const assignmentKey = stickyAssignmentKey(experiment);
  const { key, minBucketVersion, meta } = experiment;
  return (evaluation) => {
    const { documents } = evaluation;
    if (documents === null) return null;
    const find = (attribute: string, value: unknown) =>
      assignmentsOf(documents, stickyDocumentKey(attribute, value));
    const fallbackValue = readHashValue(evaluation, fallback);
    const assignments: StickyAssignments = {
      ...(fallbackValue === "" ? null : find(fallback, fallbackValue)),
      ...find(attribute, readHashValue(evaluation, attribute)),
    };
    if (hasOlderAssignment(assignments, key, minBucketVersion)) {
      evaluation.blocked = true;
      return null;
    }
    const assigned = Object.hasOwn(assignments, assignmentKey)
      ? assignments[assignmentKey]
      : undefined;
    // An empty key is a key too.
    const variation = assigned !== undefined && meta
      ? meta.findIndex((variation) => variation.key === assigned)
      : -1;
    if (variation >= 0) {
      evaluation.sticky = true;
      evaluation.variation = variation;
    }
    return null;
  };
}
