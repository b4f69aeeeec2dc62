import type { Evaluation } from "../../evaluation/evaluation.ts";
import { readHashValue } from "../../evaluation/identify.ts";
import {
  findAssigned,
  listAssignments,
} from "../../evaluation/known_assignments.ts";
import { stickyDocuments } from "../../evaluation/start_evaluation.ts";
import {
  hasOlderAssignment,
  stickyAssignmentKey,
} from "../../sticky/sticky_assignments.ts";
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
      if (stickyDocuments(evaluation) !== null) {
        findAssignment(experiment, assignmentKey, evaluation, progress);
      }
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
  const known = listKnown(experiment, evaluation);
  if (known.some((each) => hasOlderAssignment(each, key, minBucketVersion))) {
    progress.isBlocked = true;
    return;
  }
  const assigned = findAssigned(known, assignmentKey);
  // An empty key is a key too.
  if (assigned === undefined || !meta) return;
  progress.variation = meta.findIndex(({ key }) => key === assigned);
  progress.isSticky = progress.variation >= 0;
}

// Those of the hash attribute come before those of the fallback.
function listKnown(
  { hashAttribute, fallbackAttribute }: Experiment,
  evaluation: Evaluation,
): readonly StickyAssignments[] {
  return [hashAttribute, fallbackAttribute].flatMap((name, index) => {
    const attribute = name || "id";
    const value = readHashValue(evaluation.attributes, attribute);
    // The fallback alone has to have a value.
    return value === "" && index > 0
      ? []
      : listAssignments(evaluation, attribute, value);
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
