import type { RecordedEvent } from "../../core/events/recorded_event.ts";
import type { ExperimentViewedData } from "../../core/events/tracking_event.ts";
import { parseEvent } from "../../core/events/parse_event.ts";
import { readOwn } from "../../core/support/read_own.ts";
import type { ExperimentViewed } from "../../core/types/decision_event.ts";
import type { Experiment } from "../../core/types/experiment.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { Payload } from "../../core/types/payload.ts";

/**
 * Makes an exposure anew from its event and the payload that there is now: for events that a client
 * finds in its log, as after a restart. What neither of the two knows is missing: without the
 * definition, an experiment has the key, the name and the weights that the event has, and the values
 * of its variations are null. Null for what is no exposure that can be read.
 */
export function rebuildExposure(
  event: RecordedEvent,
  payload: Payload | null,
): ExperimentViewed | null {
  const parsed = parseEvent(event);
  if (parsed.event === null || event.type !== "experiment.viewed") return null;
  const data = event.data as object as ExperimentViewedData;
  const experiment = findExperiment(data, payload) ?? describeExperiment(data);
  const { name, phase: _, ...result } = describeResult(data);
  return {
    type: "experiment.viewed",
    experiment,
    result: {
      ...result,
      ...(name === undefined ? {} : { name }),
      value: experiment.variations[data.variationId] ?? null,
    },
  };
}

function findExperiment(
  { experimentKey, featureId }: ExperimentViewedData,
  payload: Payload | null,
): Experiment | null {
  if (payload === null || featureId === null) return null;
  const rules = readOwn(readOwn(payload.features, featureId), "rules");
  if (!Array.isArray(rules)) return null;
  for (const rule of rules) {
    const variations: unknown = rule?.contextualVariations ?? rule?.variations;
    if (!Array.isArray(variations)) continue;
    if ((rule.key || featureId) !== experimentKey) continue;
    const { id: _, force: _force, tracks: _tracks, ...fields } = rule;
    return { ...fields, key: experimentKey, variations };
  }
  return null;
}

function describeExperiment(data: ExperimentViewedData): Experiment {
  const { experimentKey, experimentName, phase, weights, coverage } = data;
  return {
    key: experimentKey,
    variations: weights.map((): JsonValue => null),
    weights,
    coverage,
    ...(experimentName === undefined ? {} : { name: experimentName }),
    ...(phase === undefined ? {} : { phase }),
  };
}

function describeResult(data: ExperimentViewedData) {
  const {
    variationKey,
    variationName,
    bucket,
    passthrough,
    leafId,
    banditVersion,
    phase,
  } = data;
  return {
    key: variationKey,
    featureId: data.featureId,
    inExperiment: data.inExperiment,
    hashUsed: true,
    variationId: data.variationId,
    hashAttribute: data.hashAttribute,
    hashValue: data.hashValue,
    stickyBucketUsed: data.stickyBucketUsed,
    name: variationName,
    phase,
    ...(bucket === undefined ? {} : { bucket }),
    ...(passthrough === undefined ? {} : { passthrough }),
    ...(leafId === undefined ? {} : { leafId }),
    ...(banditVersion === undefined ? {} : { banditVersion }),
  };
}
