import type { Context } from "../../../core/types/context.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import { findAppliedRule } from "./applied_rule.ts";
import {
  describeMetadata,
  findExperiment,
  type MetadataFacts,
} from "./flag_metadata.ts";
import { findMissingAttribute } from "./missing_attribute.ts";
import { reasonOf } from "./reason_of.ts";
import type {
  FlagMetadata,
  ResolutionError,
  ResolutionReason,
} from "./resolution.ts";

/** A result in the words of OpenFeature, before the caller says which type of value it wants. */
export interface DescribedResult {
  /** The value; null where there is none. */
  readonly value: JsonValue;
  /** Why. */
  readonly reason: ResolutionReason;
  /** The key of the variation, where an experiment decided. */
  readonly variant?: string;
  /** Why the flag cannot be evaluated; null where it can. */
  readonly error: DescribedError | null;
  /** Everything else that is known. */
  readonly flagMetadata: FlagMetadata;
}

/** Why a flag cannot be evaluated. */
export interface DescribedError {
  /** The standard code. */
  readonly code: ResolutionError;
  /** The same for people. */
  readonly message: string;
}

/**
 * Describes the result of a feature in the words of OpenFeature. `context` is what it was evaluated
 * with, and `facts` what metadata tell besides. Pure.
 *
 * @example
 * ```ts
 * import { describeResult } from "./describe_result.ts";
 * import { evalFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { button: { rules: [{ id: "r1", variations: ["Buy", "Order"] }] } };
 * const context = { features, attributes: { id: "7" } };
 * const { value, reason, variant } = describeResult(context, "button", evalFeature(context, "button"), {});
 * assertEquals([value, reason, variant], ["Order", "SPLIT", "1"]);
 * ```
 */
export function describeResult(
  context: Context<object>,
  key: string,
  result: FeatureResult,
  facts: MetadataFacts,
): DescribedResult {
  const rule = findAppliedRule(context, key, result);
  const reason = reasonOf(result.source, rule);
  const ran = findExperiment(result, rule);
  const variant = ran?.result.key;
  const isHashed = reason === "SPLIT" || result.source === "override";
  const missing = isHashed ? null : findMissingAttribute(context, key);
  return {
    value: result.value,
    reason,
    ...(typeof variant === "string" ? { variant } : {}),
    error: describeError(key, result),
    flagMetadata: describeMetadata(result, ran, { ...facts, missing }),
  };
}

function describeError(
  key: string,
  { source }: FeatureResult,
): DescribedError | null {
  if (source === "unknownFeature") {
    return {
      code: "FLAG_NOT_FOUND",
      message: `The payload has no feature ${JSON.stringify(key)}`,
    };
  }
  return source === "cyclicPrerequisite"
    ? {
      code: "PARSE_ERROR",
      message: `The prerequisites of ${JSON.stringify(key)} form a cycle`,
    }
    : null;
}
