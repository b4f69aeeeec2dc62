import { isObject } from "../support/read_own.ts";
import type { Attributes } from "../types/attributes.ts";
import type { Context } from "../types/context.ts";
import type { Evaluation, Trace } from "./evaluation.ts";

// Not a number, and not an integer either: a field that begins as one and takes a fraction later
// costs more than all the rest of an evaluation.
const noBucket = NaN;

/** Starts the evaluation of a context. */
export function startEvaluation(
  given: Context<object>,
  feature: Evaluation["feature"],
  record: Evaluation["record"],
  trace: Trace | null,
): Evaluation {
  const context = readContext(given);
  const { url, forcedVariations, qaMode, enabled } = context;
  const documents = context.stickyBucketAssignmentDocs;
  return {
    savedGroups: context.savedGroups,
    resolving: null,
    resolved: 0,
    context,
    attributes: mergeAttributes(context),
    feature,
    record,
    trace,
    isPlain: !url && !forcedVariations && !qaMode && enabled !== false &&
      !documents && trace === null,
    frame: null,
    known: null,
    knownOthers: null,
    cycles: 0,
    documents: isObject(documents) ? documents : null,
    assigned: 0,
    hashAttribute: "",
    hashValue: "",
    bucket: noBucket,
    variation: -1,
    sticky: false,
    blocked: false,
    verdict: null,
    error: null,
  };
}

/** Gives a context to read. Types keep one from being null; callers without types get an empty one. */
export function readContext(context: Context<object>): Context<object> {
  return isObject(context) ? context : nothing;
}

const nothing: Readonly<Record<string, never>> = /* @__PURE__ */ Object.freeze(
  {},
);

// Overrides that can't be read, or attributes that can't be copied, must not keep a feature from
// having a value.
function mergeAttributes(context: Context<object>): Attributes {
  const { attributes, attributeOverrides } = context;
  const known = isObject(attributes) ? attributes : nothing;
  if (!isObject(attributeOverrides)) return known;
  try {
    return { ...known, ...attributeOverrides };
  } catch {
    return known;
  }
}
