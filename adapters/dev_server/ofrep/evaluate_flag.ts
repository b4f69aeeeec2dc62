import { evalFeature } from "../../../core/decide/eval_feature.ts";
import type { Context } from "../../../core/types/context.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import { describeResult } from "../../openfeature/mapping/describe_result.ts";
import type { MetadataFacts } from "../../openfeature/mapping/flag_metadata.ts";
import type {
  FlagMetadata,
  ResolutionError,
  ResolutionReason,
} from "../../openfeature/mapping/resolution.ts";

/** A flag as OFREP tells it: with its value, or with why it has none. */
export interface OfrepFlag {
  /** The key of the flag. */
  readonly key: string;
  /** The value; absent where the caller's default is to be used. */
  readonly value?: JsonValue;
  /** Why. */
  readonly reason?: ResolutionReason;
  /** The key of the variation, where an experiment decided. */
  readonly variant?: string;
  /** Why the flag cannot be evaluated. */
  readonly errorCode?: ResolutionError;
  /** The same for people. */
  readonly errorDetails?: string;
  /** Everything else that is known. */
  readonly metadata: FlagMetadata;
}

/**
 * Evaluates a feature, and tells it in the words of OFREP. A feature without a value has none there
 * either, which leaves the caller's default in place.
 */
export function evaluateFlag(
  context: Context,
  key: string,
  facts: MetadataFacts,
): OfrepFlag {
  const { value, reason, variant, error, flagMetadata: metadata } =
    describeResult(context, key, evalFeature(context, key), facts);
  if (error !== null) {
    const { code: errorCode, message: errorDetails } = error;
    return { key, errorCode, errorDetails, metadata };
  }
  const named = variant === undefined ? {} : { variant };
  if (value !== null) return { key, value, reason, ...named, metadata };
  const why = reason === "DISABLED" ? reason : "DEFAULT";
  return { key, reason: why, ...named, metadata };
}
