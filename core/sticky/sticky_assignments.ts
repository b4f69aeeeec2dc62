import { isObject, readOwn } from "../support/read_own.ts";
import type { Experiment } from "../types/experiment.ts";
import type {
  StickyAssignmentDocuments,
  StickyAssignments,
} from "../types/sticky_bucket.ts";

/** Gives the key of an experiment's assignment, `experimentKey__bucketVersion`. */
export function stickyAssignmentKey(experiment: Experiment): string {
  return `${experiment.key}__${experiment.bucketVersion || 0}`;
}

/** Finds the assignments in a document; null where there are none. */
export function assignmentsOf(
  documents: StickyAssignmentDocuments,
  documentKey: string,
): StickyAssignments | null {
  const assignments = readOwn(readOwn(documents, documentKey), "assignments");
  return isObject(assignments) ? assignments as StickyAssignments : null;
}

/** Tells whether there is an assignment of a version from 0 up to but not including the lowest. */
export function hasOlderAssignment(
  assignments: StickyAssignments,
  experimentKey: string,
  lowestVersion: number | undefined,
): boolean {
  const prefix = `${experimentKey}__`;
  const lowest = lowestVersion || 0;
  // Few versions are looked up: a user may have thousands of assignments.
  if (lowest <= mostLookedUp) {
    for (let version = 0; version < lowest; version++) {
      if (Object.hasOwn(assignments, prefix + version)) return true;
    }
    return false;
  }
  return Object.keys(assignments).some((key) => {
    const version = key.slice(prefix.length);
    return key.startsWith(prefix) && /^(?:0|[1-9]\d*)$/.test(version) &&
      Number(version) < lowest;
  });
}

const mostLookedUp = 1_000;
