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
import type { Progress } from "../../evaluation/trace.ts";
import { describeFound, type Facts } from "../facts.ts";

/**
 * Never stops a user: it finds the variation that the user was given before, which opens the
 * gates of targeting, or notes that an assignment of an older version blocks the user.
 */
export const stickyBucket: Gate<Experiment, unknown> = {
  needsOption: true,
  make: (experiment) => {
    if (experiment.disableStickyBucketing) return null;
    const assignmentKey = stickyAssignmentKey(experiment);
    return (evaluation, progress) => {
      findAssignment(experiment, assignmentKey, evaluation, progress);
      return true;
    };
  },
};

function findAssignment(
  experiment: Experiment,
  assignmentKey: string,
  evaluation: Evaluation,
  progress: Progress,
): void {
  const { key, minBucketVersion, meta } = experiment;
  const known = listAssignments(experiment, evaluation);
  if (known.some((each) => hasOlderAssignment(each, key, minBucketVersion))) {
    progress.isBlocked = true;
    return;
  }
  const assigned = known
    .find((each) => Object.hasOwn(each, assignmentKey))?.[assignmentKey];
  // An empty key is a key too.
  if (assigned === undefined || !meta) return;
  progress.variation = meta.findIndex(({ key }) => key === assigned);
  progress.isSticky = progress.variation >= 0;
}

// Those of the hash attribute come before those of the fallback. They are not laid over each other: a user
// may have thousands, and each experiment would copy them.
function listAssignments(
  { hashAttribute, fallbackAttribute }: Experiment,
  evaluation: Evaluation,
): readonly StickyAssignments[] {
  const documents = stickyDocuments(evaluation);
  if (documents === null) return [];
  return [hashAttribute, fallbackAttribute].flatMap((name, index) => {
    const attribute = name || "id";
    const value = readHashValue(evaluation.attributes, attribute);
    // The fallback alone has to have a value.
    if (value === "" && index > 0) return [];
    const key = stickyDocumentKey(attribute, value);
    const assignments = assignmentsOf(documents, key);
    return assignments === null ? [] : [assignments];
  });
}

/** Tells which assignment was looked for, and found. */
export const stickyBucketFacts: Facts<Experiment, unknown> = (
  { definition, progress },
) => ({
  expected: stickyAssignmentKey(definition),
  ...(progress.isBlocked ? { actual: "blocked" } : {}),
  ...describeFound(progress),
});
