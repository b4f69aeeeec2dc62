import type { EventUser } from "../../../../core/events/types/event_user.ts";
import type { ExperimentViewedData } from "../../../../core/events/types/tracking_event.ts";
import type { Experiment } from "../../../../core/types/experiment.ts";
import type { FeatureRule } from "../../../../core/types/feature.ts";
import type { JsonValue } from "../../../../core/types/json.ts";
import type { Payload } from "../../../../core/types/payload.ts";
import type { ExperimentResult } from "../../../../core/types/result.ts";
import type { RebuiltExposure } from "../engines/client_item.ts";

/**
 * Puts an exposure together again from what the log kept, for a tracking callback. What an event
 * only refers to, the values of the variations, comes from the payload where the experiment is
 * still there; otherwise the variations are null, as many as there were.
 */
export function rebuildExposure(
  data: ExperimentViewedData,
  user: EventUser | undefined,
  payload: Payload | null,
): RebuiltExposure {
  const experiment = rebuildExperiment(data, findRule(data, payload));
  const { variationId } = data;
  const result: ExperimentResult = {
    key: data.variationKey,
    featureId: data.featureId,
    inExperiment: data.inExperiment,
    hashUsed: true,
    variationId,
    value: experiment.variations[variationId] ?? null,
    hashAttribute: data.hashAttribute,
    hashValue: data.hashValue,
    stickyBucketUsed: data.stickyBucketUsed,
    ...(data.variationName === undefined ? {} : { name: data.variationName }),
    ...(data.bucket === undefined ? {} : { bucket: data.bucket }),
    ...(data.passthrough === undefined
      ? {}
      : { passthrough: data.passthrough }),
    ...(data.leafId === undefined
      ? {}
      : { leafId: data.leafId, variationWeights: data.weights }),
    ...(data.banditVersion === undefined
      ? {}
      : { banditVersion: data.banditVersion }),
  };
  const { attributes = {}, url } = user ?? {};
  return [experiment, result, {
    attributes,
    ...(url === undefined ? {} : { url }),
  }];
}

function rebuildExperiment(
  data: ExperimentViewedData,
  rule: FeatureRule | null,
): Experiment {
  const { experimentName, phase } = data;
  const variations: readonly JsonValue[] = rule?.contextualVariations ??
    rule?.variations ?? data.weights.map(() => null);
  return {
    key: data.experimentKey,
    variations,
    weights: data.weights,
    coverage: data.coverage,
    hashAttribute: data.hashAttribute,
    ...(experimentName === undefined ? {} : { name: experimentName }),
    ...(phase === undefined ? {} : { phase }),
    ...(rule?.meta === undefined ? {} : { meta: rule.meta }),
  };
}

function findRule(
  { featureId, experimentKey }: ExperimentViewedData,
  payload: Payload | null,
): FeatureRule | null {
  if (payload === null || featureId === null) return null;
  const { features } = payload;
  if (!Object.hasOwn(features, featureId)) return null;
  const { rules } = features[featureId]!;
  if (!Array.isArray(rules)) return null;
  // A payload may have anything in place of a rule.
  const found = rules.find((rule: unknown) => {
    const { key, variations, contextualVariations } = Object(rule);
    return (key || featureId) === experimentKey &&
      (Array.isArray(variations) || Array.isArray(contextualVariations));
  });
  return found ?? null;
}
