import type { JsonValue } from "../../types/json.ts";

/**
 * Why a recorded decision can't be made again.
 *
 * - `inlineExperiment`: the experiment was in the application's code, not in a payload
 * - `payload`: the payload that decided is not known
 * - `attributes`: the decision reads attributes that were not recorded
 * - `url`: the decision reads the URL, which was not recorded
 * - `stickyBuckets`: a sticky bucket decided that is not in the log
 */
export const unverifiableReasons = [
  "inlineExperiment",
  "payload",
  "attributes",
  "url",
  "stickyBuckets",
] as const;

/** Why a recorded decision can't be made again; see {@linkcode unverifiableReasons}. */
export type UnverifiableReason = typeof unverifiableReasons[number];

/** A variation, by its index and key. */
export interface VariationReference {
  /** The index. */
  readonly variationId: number;
  /** The key. */
  readonly variationKey: string;
}

/** What came of making a recorded decision again. */
export type DecisionOutcome =
  | {
    /** It gave the variation with the same key. */
    readonly outcome: "same";
  }
  | {
    /** It gave another one, or none. */
    readonly outcome: "different";
    /** The variation that it gave; null where the user would not be part of the experiment. */
    readonly to: VariationReference | null;
  }
  | {
    /** It can't be made again. */
    readonly outcome: "unverifiable";
    /** Why. */
    readonly reason: UnverifiableReason;
    /** The names of the attributes that are missing. */
    readonly attributes: readonly string[];
  };

/** A recorded decision, and what came of making it again. */
export interface VerifiedDecision {
  /** The id of the event. */
  readonly eventId: string;
  /** Its position; null where it has none yet. */
  readonly position: number | null;
  /** When it happened. */
  readonly time: number;
  /** The key of the experiment. */
  readonly experimentKey: string;
  /** The feature that the experiment belongs to; null for an inline or auto experiment. */
  readonly featureId: string | null;
  /** The attribute that decided the bucket. */
  readonly hashAttribute: string;
  /** Its value. */
  readonly hashValue: JsonValue;
  /** The variation that was recorded. */
  readonly from: VariationReference;
  /** What came of it. */
  readonly result: DecisionOutcome;
}
