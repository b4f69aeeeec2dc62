import type { JsonValue } from "../../../types/json.ts";
import {
  count,
  flag,
  integer,
  json,
  number,
  optional,
  type Shape,
  shapeOf,
  share,
  text,
  textOrNull,
  weights,
} from "../field_rules.ts";
import type { NewEvent } from "../recorded_event.ts";

/**
 * A user saw a variation.
 *
 * @example
 * ```ts
 * import { parseEvent, type ExperimentViewedEvent } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event: ExperimentViewedEvent = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "experiment.viewed",
 *   version: 1,
 *   data: {
 *     experimentKey: "cta",
 *     variationId: 1,
 *     variationKey: "1",
 *     hashAttribute: "id",
 *     hashValue: "7",
 *     featureId: "cta",
 *     ruleId: "fr_1",
 *     askedFeatureId: "cta",
 *     inExperiment: true,
 *     stickyBucketUsed: false,
 *     weights: [0.5, 0.5],
 *     coverage: 1,
 *   },
 * };
 * assertEquals(parseEvent(event), { event, issue: null });
 * ```
 */
export type ExperimentViewedEvent = NewEvent<
  "experiment.viewed",
  ExperimentViewedData
>;

/** What is known of an exposure: references and figures, no definitions. */
export interface ExperimentViewedData {
  /** The key of the experiment. */
  readonly experimentKey: string;
  /** The index of the variation. */
  readonly variationId: number;
  /** The key of the variation. */
  readonly variationKey: string;
  /** The attribute that decided the bucket. */
  readonly hashAttribute: string;
  /** Its value. */
  readonly hashValue: JsonValue;
  /** The feature that the experiment belongs to; null for an inline experiment. */
  readonly featureId: string | null;
  /** The rule of the feature that was asked for; `""` where there is none. */
  readonly ruleId: string;
  /** The feature that was asked for: `featureId`, or one that depends on it; null for an inline one. */
  readonly askedFeatureId: string | null;
  /** Whether the user takes part; false only for an index past the last variation. */
  readonly inExperiment: boolean;
  /** Whether a sticky bucket decided. */
  readonly stickyBucketUsed: boolean;
  /** The weights in force, one for each variation. */
  readonly weights: readonly number[];
  /** The coverage in force, 0 to 1. */
  readonly coverage: number;
  /** Where the hash fell, 0 to 1. */
  readonly bucket?: number;
  /** The name of the experiment. */
  readonly experimentName?: string;
  /** The name of the variation. */
  readonly variationName?: string;
  /** The phase of the experiment. */
  readonly phase?: string;
  /** Whether the experiment is a holdout that let its user go on. */
  readonly passthrough?: boolean;
  /** The contextual bandit's leaf; -1 where none matched. */
  readonly leafId?: number;
  /** The version of the contextual bandit. */
  readonly banditVersion?: number;
  /** The digest of the payload that decided. */
  readonly payloadDigest?: string;
}

/** What the data of such an event has to be. */
export const experimentViewedShape: Shape<ExperimentViewedData> =
  /* @__PURE__ */ shapeOf<
    ExperimentViewedData
  >({
    experimentKey: text,
    variationId: count,
    variationKey: text,
    hashAttribute: text,
    hashValue: json,
    featureId: textOrNull,
    ruleId: text,
    askedFeatureId: textOrNull,
    inExperiment: flag,
    stickyBucketUsed: flag,
    weights,
    coverage: share,
    bucket: /* @__PURE__ */ optional(share),
    experimentName: /* @__PURE__ */ optional(text),
    variationName: /* @__PURE__ */ optional(text),
    phase: /* @__PURE__ */ optional(text),
    passthrough: /* @__PURE__ */ optional(flag),
    leafId: /* @__PURE__ */ optional(integer),
    banditVersion: /* @__PURE__ */ optional(number),
    payloadDigest: /* @__PURE__ */ optional(text),
  });
