import { getWeightsInForce } from "../../bucket/get_weights_in_force.ts";
import { attempt } from "../../support/attempt.ts";
import type { ExperimentViewed } from "../../types/decision_event.ts";
import type { ExperimentResult } from "../../types/result.ts";
import { hashValueAsJson } from "./json_or_nothing.ts";
import type { ExperimentViewedData } from "./tracking_event.ts";

/** What was asked, that led to an exposure. */
export interface ExposureOrigin {
  /** The feature that was asked for; null for an inline experiment. */
  readonly askedFeatureId?: string | null;
  /** The rule that decided the feature that was asked for; `""` where there is none. */
  readonly ruleId?: string;
  /** The digest of the payload that decided. */
  readonly payloadDigest?: string | undefined;
}

/**
 * Makes what an `experiment.viewed` event says of an exposure that a decision caused: references and
 * figures, no definitions. `exposure` comes from `decideFeature` or `decideExperiment`.
 *
 * @example
 * ```ts
 * import { decideFeature } from "@growthstream/sdk";
 * import { experimentViewedData } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { cta: { rules: [{ id: "r1", variations: ["Buy", "Order"] }] } };
 * const { result, events } = decideFeature({ features, attributes: { id: "7" } }, "cta");
 * const [exposure] = events.filter((event) => event.type === "experiment.viewed");
 * const origin = { askedFeatureId: "cta", ruleId: result.ruleId };
 * const { experimentKey, variationKey, weights } = experimentViewedData(exposure!, origin);
 * assertEquals([experimentKey, variationKey, weights], ["cta", "1", [0.5, 0.5]]);
 * ```
 */
export function experimentViewedData(
  { experiment, result }: ExperimentViewed,
  { askedFeatureId = null, ruleId = "", payloadDigest }: ExposureOrigin = {},
): ExperimentViewedData {
  const { weights, coverage } = getWeightsInForce(
    result.variationWeights === undefined || experiment.ranges !== undefined
      ? experiment
      : { ...experiment, weights: result.variationWeights },
  );
  const { name, phase } = experiment;
  const data: Writable<ExperimentViewedData> = {
    experimentKey: asText(experiment.key),
    variationId: result.variationId,
    variationKey: asText(result.key),
    hashAttribute: asText(result.hashAttribute),
    hashValue: hashValueAsJson(result.hashValue),
    featureId: result.featureId,
    ruleId,
    askedFeatureId,
    inExperiment: result.inExperiment,
    stickyBucketUsed: result.stickyBucketUsed,
    weights,
    coverage,
  };
  if (typeof name === "string") data.experimentName = name;
  if (typeof phase === "string") data.phase = phase;
  if (typeof result.name === "string") data.variationName = result.name;
  addBucket(data, result);
  if (payloadDigest !== undefined) data.payloadDigest = payloadDigest;
  return data;
}

// Objects that are spread into each other take longer than all the rest of it.
type Writable<Data> = { -readonly [Name in keyof Data]: Data[Name] };

function addBucket(
  data: Writable<ExperimentViewedData>,
  { bucket, passthrough, leafId, banditVersion }: ExperimentResult,
): void {
  if (Number.isFinite(bucket)) data.bucket = bucket!;
  if (passthrough !== undefined) data.passthrough = Boolean(passthrough);
  if (Number.isSafeInteger(leafId)) data.leafId = leafId!;
  if (Number.isFinite(banditVersion)) data.banditVersion = banditVersion!;
}

// Definitions may be malformed: keys are anything that JSON has, and in those of an application anything
// at all.
function asText(key: unknown): string {
  return typeof key === "string" ? key : attempt(
    () => String(JSON.stringify(key)),
    attempt(() => String(key), ""),
  );
}
