import type { Experiment } from "../types/experiment.ts";
import type { Evaluation } from "./evaluation.ts";

/** Reads the value of a hash attribute: an own, top-level one; `""` where it is falsy. */
export function readHashValue(
  evaluation: Evaluation,
  attribute: string,
): unknown {
  const { attributes } = evaluation;
  return Object.hasOwn(attributes, attribute)
    ? attributes[attribute] || ""
    : "";
}

/**
 * Finds the attribute that decides a bucket and leaves it, with its value, in the evaluation. The
 * fallback is tried where the hash attribute is empty and sticky bucketing is on.
 */
export function identify(
  evaluation: Evaluation,
  attribute: string,
  fallback: string | null,
): void {
  evaluation.hashAttribute = attribute;
  evaluation.hashValue = readHashValue(evaluation, attribute);
  if (
    evaluation.hashValue !== "" || fallback === null ||
    evaluation.documents === null
  ) return;
  const value = readHashValue(evaluation, fallback);
  if (value === "") return;
  evaluation.hashAttribute = fallback;
  evaluation.hashValue = value;
}

/** Gives the attribute that is tried where the hash attribute is empty; null where none may be. */
export function fallbackOf(
  { disableStickyBucketing, fallbackAttribute }: Pick<
    Experiment,
    "disableStickyBucketing" | "fallbackAttribute"
  >,
): string | null {
  return !disableStickyBucketing && fallbackAttribute || null;
}
