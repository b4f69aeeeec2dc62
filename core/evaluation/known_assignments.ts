import { stickyDocumentKey } from "../sticky/sticky_document_key.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import type { StickyAssignments } from "../types/sticky_bucket.ts";
import type { Evaluation } from "./evaluation.ts";
import { type Assigned, forget, memoOf } from "./memo.ts";
import { stickyDocuments } from "./start_evaluation.ts";

/**
 * Lists the assignments that are known for an attribute's value: those that the evaluation made come
 * before those of the context. They are not laid over each other: a user may have thousands, and each
 * experiment would copy them.
 */
export function listAssignments(
  evaluation: Evaluation,
  attribute: string,
  value: unknown,
): readonly StickyAssignments[] {
  const key = stickyDocumentKey(attribute, value);
  const document = readOwn(stickyDocuments(evaluation), key);
  const known = readOwn(document, "assignments");
  return [evaluation.memo?.assigned?.[key], known]
    .filter(isObject) as readonly unknown[] as readonly StickyAssignments[];
}

/** Finds an assignment by its key, in the first that have it; undefined where none have. */
export function findAssigned(
  known: readonly StickyAssignments[],
  key: string,
): string | undefined {
  return known.find((each) => Object.hasOwn(each, key))?.[key];
}

/** Adds an assignment to those that the evaluation made. Tells whether it is a new one. */
export function addAssignment(
  evaluation: Evaluation,
  attribute: string,
  value: unknown,
  key: string,
  variation: string,
): boolean {
  const known = listAssignments(evaluation, attribute, value);
  if (findAssigned(known, key) === variation) return false;
  const memo = memoOf(evaluation);
  const assigned = memo.assigned ??= Object.create(null) as Assigned;
  const made = assigned[stickyDocumentKey(attribute, value)] ??= Object
    .create(null) as Assigned[string];
  made[key] = variation;
  // What a feature sees has changed.
  memo.changes++;
  forget(memo);
  return true;
}
