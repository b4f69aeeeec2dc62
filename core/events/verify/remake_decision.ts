import { decideExperiment } from "../../decide/decide_experiment.ts";
import { decideFeature } from "../../decide/decide_feature.ts";
import { isObject, readOwn } from "../../support/read_own.ts";
import type { AutoExperiment } from "../../types/auto_experiment.ts";
import type { Context } from "../../types/context.ts";
import type {
  DecisionEvent,
  ExperimentViewed,
} from "../../types/decision_event.ts";
import type { Experiment } from "../../types/experiment.ts";
import type { JsonObject } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import type { StickyAssignmentDocuments } from "../../types/sticky_bucket.ts";
import { trackReads } from "./track_reads.ts";
import type { ExperimentViewedData } from "../types/tracking_event.ts";

/** What is known of a recorded decision. */
export interface DecisionScene {
  /** The exposure that it caused. */
  readonly exposure: ExperimentViewedData;
  /** The attributes that are known. */
  readonly attributes: JsonObject;
  /** The URL; absent where it is not known, or there was none. */
  readonly url?: string | undefined;
  /** The sticky buckets that are known. */
  readonly documents: StickyAssignmentDocuments;
}

/** A decision made again. */
export interface RemadeDecision {
  /** The exposure to the same experiment; null where there is none. */
  readonly exposure: ExperimentViewed | null;
  /** The attributes that it asked for and did not find. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Makes a recorded decision again with a payload: asks for the feature that was asked for, and looks
 * for the exposure to the experiment. Where that feature leads to none, the one that the experiment
 * belongs to is asked.
 */
export function remakeDecision(
  { exposure, attributes, url, documents }: DecisionScene,
  payload: Payload,
): RemadeDecision {
  const tracked = trackReads(attributes);
  const context: Context = {
    ...payload,
    attributes: tracked.attributes,
    stickyBucketAssignmentDocs: documents,
    ...(url === undefined ? {} : { url }),
  };
  const { featureId, askedFeatureId } = exposure;
  const found = featureId === null
    ? decideAuto(context, exposure)
    : findExposure(
      decideFeature(context, askedFeatureId ?? featureId).events,
      exposure,
    ) ?? findExposure(decideFeature(context, featureId).events, exposure);
  return { exposure: found, missing: tracked.missing };
}

/** Finds the auto experiment of a payload that has a key; null where there is none. */
export function findAutoExperiment(
  payload: Payload,
  key: string,
): AutoExperiment | null {
  const { experiments } = payload;
  if (!Array.isArray(experiments)) return null;
  const found = experiments.find((entry: unknown) =>
    readOwn(entry, "key") === key
  ) as AutoExperiment | undefined;
  return found ?? null;
}

function decideAuto(
  context: Context,
  exposure: ExperimentViewedData,
): ExperimentViewed | null {
  const experiment = findAutoExperiment(
    context as Payload,
    exposure.experimentKey,
  );
  if (experiment === null) return null;
  const { events } = decideExperiment(context, experiment as Experiment);
  return findExposure(events, exposure);
}

// One decision may expose a user to an experiment twice: rules may share its key, and know the user by
// different attributes. What agrees most with the record is what it is about.
function findExposure(
  events: readonly DecisionEvent[],
  { experimentKey, hashAttribute, variationKey }: ExperimentViewedData,
): ExperimentViewed | null {
  const found = events.filter((event): event is ExperimentViewed =>
    event.type === "experiment.viewed" && isObject(event.experiment) &&
    event.experiment.key === experimentKey && event.result.inExperiment
  );
  const known = found.filter(({ result }) =>
    result.hashAttribute === hashAttribute
  );
  return known.find(({ result }) => result.key === variationKey) ??
    known[0] ?? found[0] ?? null;
}
