import { attempt } from "../support/attempt.ts";
import { isObject } from "../support/read_own.ts";
import type { Attributes } from "../types/attributes.ts";
import type { Context } from "../types/context.ts";
import type { StickyAssignmentDocuments } from "../types/sticky_bucket.ts";
import type { Call, Evaluation } from "./evaluation.ts";

/** Starts the evaluation of a context; that of an empty one where the fields of the context throw. */
export function startEvaluation(
  context: Context<object>,
  call: Call,
): Evaluation {
  try {
    return { context, attributes: readAttributes(context), call, memo: null };
  } catch {
    return { context: nothing, attributes: nothing, call, memo: null };
  }
}

/** Gives a context to read. Types keep one from being null; callers without types get an empty one. */
export function readContext(context: Context<object>): Context<object> {
  return isObject(context) ? context : nothing;
}

/** Gives the sticky buckets of the context; null when sticky bucketing is off. */
export function stickyDocuments(
  { context: { stickyBucketAssignmentDocs } }: Evaluation,
): StickyAssignmentDocuments | null {
  return isObject(stickyBucketAssignmentDocs)
    ? stickyBucketAssignmentDocs
    : null;
}

/** Tells whether nothing watches an evaluation, and its context sets no options. */
export function isPlain(evaluation: Evaluation): boolean {
  return evaluation.call.trace === null && isWithoutOptions(evaluation.context);
}

/**
 * Tells whether a context sets none of the options that some gates wait for: forced variations, QA
 * mode, sticky buckets, overrides, `enabled: false`. What a URL asks for is asked by itself.
 */
function isWithoutOptions(
  {
    forcedVariations,
    qaMode,
    enabled,
    stickyBucketAssignmentDocs,
    overrides,
  }: Context<object>,
): boolean {
  return !forcedVariations && !qaMode && enabled !== false &&
    !stickyBucketAssignmentDocs && overrides === undefined;
}

/** What is known of the user, overrides applied. */
export function readAttributes(
  { attributes, attributeOverrides }: Context<object>,
): Attributes {
  const known = isObject(attributes) ? attributes : nothing;
  return isObject(attributeOverrides)
    ? mergeAttributes(known, attributeOverrides)
    : known;
}

/** An object without fields, to read where there is none. */
export const nothing: Readonly<Record<string, never>> = /* @__PURE__ */ Object
  .freeze(
    {},
  );

// Overrides that can't be read, or attributes that can't be copied, must not keep a feature from
// having a value.
function mergeAttributes(
  attributes: Attributes,
  overrides: object,
): Attributes {
  return attempt(() => ({ ...attributes, ...overrides }), attributes);
}
