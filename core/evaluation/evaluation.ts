import type { ConditionScope } from "../condition/condition_node.ts";
import { isObject } from "../condition/read_path.ts";
import type { Attributes } from "../types/attributes.ts";
import type { Context } from "../types/context.ts";
import type { DecisionEvent } from "../types/decision_event.ts";
import type { FeatureResult } from "../types/result.ts";
import type { StickyAssignmentDocuments } from "../types/sticky_bucket.ts";
import type { Verdict } from "./gate.ts";
import type { Trace } from "./trace.ts";

/** A feature being evaluated, and the one that asked for it. */
export interface FeatureFrame {
  /** The key of the feature. */
  readonly key: string;
  /** How many features ask for it, one through the other. */
  readonly depth: number;
  /** The feature that asked. */
  readonly outer: FeatureFrame | null;
}

/** A feature's result, good for as long as no assignment is added. */
export interface KnownResult {
  /** The result. */
  readonly result: FeatureResult;
  /** How many assignments had been added when its evaluation began. */
  readonly assigned: number;
}

/** What one root call carries through every gate. It lives as long as the call and is never seen. */
export interface Evaluation extends ConditionScope {
  /** What was given. */
  readonly context: Context<object>;
  /** The user's attributes, overrides applied. */
  readonly attributes: Attributes;
  /** Evaluates a feature inside this evaluation: how a gate asks for a parent. */
  readonly feature: (evaluation: Evaluation, key: string) => FeatureResult;
  /** Where consequences go; null when nobody asked for them. */
  readonly events: DecisionEvent[] | null;
  /** Who watches; null when nobody does. */
  readonly trace: Trace | null;
  /**
   * Whether the context sets none of the options that some gates wait for: a URL, forced variations,
   * QA mode, sticky buckets, `enabled: false`. Those gates are not asked then, unless somebody
   * watches.
   */
  readonly isPlain: boolean;
  /** The features being evaluated, innermost first. */
  frame: FeatureFrame | null;
  /** What is known of parents already evaluated. */
  known: Map<string, KnownResult> | null;
  /** How often a feature was found on its own stack. */
  cycles: number;
  /** The sticky buckets, with the assignments made so far; null when sticky bucketing is off. */
  documents: StickyAssignmentDocuments | null;
  /** How many assignments were added. */
  assigned: number;
  /** The attribute that decides the bucket of the experiment or rollout being tried. */
  hashAttribute: string;
  /** Its value; `""` when there is none. */
  hashValue: unknown;
  /** Where the hash fell. */
  bucket: number;
  /** The index of the variation; -1 when there is none yet. */
  variation: number;
  /** Whether the variation comes from a sticky bucket. */
  sticky: boolean;
  /** Whether an assignment of too old a version excludes the user. */
  blocked: boolean;
  /** What the gates of the last experiment said. */
  verdict: Verdict;
  /** What a malformed rule threw. */
  error: unknown;
}

// Not a number, and not an integer either: a field that begins as one and takes a fraction later
// costs more than all the rest of an evaluation.
const noBucket = NaN;

/** Starts the evaluation of a context. */
export function startEvaluation(
  given: Context<object>,
  feature: Evaluation["feature"],
  events: DecisionEvent[] | null,
  trace: Trace | null,
): Evaluation {
  // Types keep a context from being null; callers without types get the same fallback values.
  const context: Context<object> = isObject(given) ? given : nothing;
  const { url, forcedVariations, qaMode, enabled } = context;
  const documents = context.stickyBucketAssignmentDocs;
  return {
    savedGroups: context.savedGroups,
    resolving: null,
    resolved: 0,
    context,
    attributes: mergeAttributes(context),
    feature,
    events,
    trace,
    isPlain: !url && !forcedVariations && !qaMode && enabled !== false &&
      !documents && trace === null,
    frame: null,
    known: null,
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

const nothing: Readonly<Record<string, never>> = Object.freeze({});

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
