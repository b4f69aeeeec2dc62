import type { Gate } from "../evaluation/evaluation.ts";
import { readHashValue } from "../evaluation/identify.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
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
export function stickyBucketGate(experiment: Experiment): Gate {
  const attribute = experiment.hashAttribute || "id";
  const fallback = experiment.fallbackAttribute || "id";
  const assignmentKey = stickyAssignmentKey(experiment);
  const { key, minBucketVersion, meta } = experiment;
  return makeGate(
    "stickyBucket",
    (evaluation) => {
      const { documents } = evaluation;
      if (documents === null) return null;
      const own = assignmentsOf(
        documents,
        stickyDocumentKey(attribute, readHashValue(evaluation, attribute)),
      );
      const fallbackValue = readHashValue(evaluation, fallback);
      const shared = fallbackValue === ""
        ? null
        : assignmentsOf(documents, stickyDocumentKey(fallback, fallbackValue));
      if (
        hasOlderAssignment(own, key, minBucketVersion) ||
        hasOlderAssignment(shared, key, minBucketVersion)
      ) {
        evaluation.blocked = true;
        return null;
      }
      const assigned = readAssignment([own, shared], assignmentKey);
      // An empty key is a key too.
      const variation = assigned !== undefined && meta
        ? meta.findIndex((variation) => variation.key === assigned)
        : -1;
      if (variation >= 0) {
        evaluation.sticky = true;
        evaluation.variation = variation;
      }
      return null;
    },
    { expected: assignmentKey },
  );
}

// The first that has the key decides, whatever stands there.
function readAssignment(
  sources: readonly (StickyAssignments | null)[],
  assignmentKey: string,
): string | undefined {
  const source = sources.find((assignments) =>
    assignments !== null && Object.hasOwn(assignments, assignmentKey)
  );
  return source?.[assignmentKey];
}
