import type { Evaluation } from "../../evaluation/evaluation.ts";
import { readHashValue } from "../../evaluation/identify.ts";
import { stickyDocuments } from "../../evaluation/start_evaluation.ts";
import {
  assignmentsOf,
  hasOlderAssignment,
  stickyAssignmentKey,
} from "../../sticky/sticky_assignments.ts";
import { stickyDocumentKey } from "../../sticky/sticky_document_key.ts";
import type { Experiment } from "../../types/experiment.ts";
import type { StickyAssignments } from "../../types/sticky_bucket.ts";
import type { Gate } from "../gate.ts";
import { type Settlement, settles } from "../step.ts";
import { describeFound, type Facts } from "../facts.ts";
import { readIdentity, type Reads } from "../reads.ts";

/**
 * Never stops a user: it finds the variation that the user was given before, which opens the
 * gates of targeting, or notes that an assignment of an older version blocks the user.
 */
export const stickyBucket: Gate<Experiment, unknown> = {
  needsOption: true,
  make: (experiment) => {
    if (experiment.disableStickyBucketing) return null;
    const assignmentKey = stickyAssignmentKey(experiment);
    return {
      code: settles,
      operand: (evaluation) =>
        findAssignment(experiment, assignmentKey, evaluation),
    };
  },
};

function findAssignment(
  experiment: Experiment,
  assignmentKey: string,
  evaluation: Evaluation,
): Settlement | null {
  const { key, minBucketVersion, meta } = experiment;
  const assignments = listAssignments(experiment, evaluation);
  if (assignments === null) return null;
  if (hasOlderAssignment(assignments, key, minBucketVersion)) {
    return { variation: -1, how: "blocked" };
  }
  const assigned = Object.hasOwn(assignments, assignmentKey)
    ? assignments[assignmentKey]
    : undefined;
  // An empty key is a key too.
  const variation = assigned !== undefined && meta
    ? meta.findIndex((variation) => variation.key === assigned)
    : -1;
  return variation < 0 ? null : { variation, how: "sticky" };
}

// The document of the hash attribute lies over that of the fallback.
function listAssignments(
  { hashAttribute, fallbackAttribute }: Experiment,
  evaluation: Evaluation,
): StickyAssignments | null {
  const documents = stickyDocuments(evaluation);
  if (documents === null) return null;
  const find = (attribute: string, value: unknown) =>
    assignmentsOf(documents, stickyDocumentKey(attribute, value));
  const attribute = hashAttribute || "id";
  const fallback = fallbackAttribute || "id";
  const fallbackValue = readHashValue(evaluation, fallback);
  return {
    ...(fallbackValue === "" ? null : find(fallback, fallbackValue)),
    ...find(attribute, readHashValue(evaluation, attribute)),
  };
}

/** Tells which assignment was looked for, and found. */
export const stickyBucketFacts: Facts<Experiment, unknown> = (
  { definition, progress },
) => ({
  expected: stickyAssignmentKey(definition),
  ...(progress.isBlocked ? { actual: "blocked" } : {}),
  ...describeFound(progress),
});

/** Reads the documents of the hash attribute and its fallback. */
export const stickyBucketReads: Reads = readIdentity;
