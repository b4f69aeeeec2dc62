import {
  explainFeature,
  type FeatureExplanation,
  type Payload,
} from "../../../core/mod.ts";
import {
  findPayload,
  payloadsLoaded,
  stickyDocuments,
} from "../../../core/events/mod.ts";
import { readData } from "../../../core/events/types/read_data.ts";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { remakeDecision } from "../../../core/events/verify/remake_decision.ts";
import { setScene } from "../../../core/events/verify/set_scene.ts";
import type { ExperimentViewedData } from "../../../core/events/types/tracking_event.ts";
import type { StickyDocuments } from "../../../core/events/mod.ts";

/** Which decision to find. */
export interface DecisionQuery {
  /** The feature that was asked for, or that has the experiment. */
  readonly feature: string;
  /** The value of the attribute that decided, or of the user's id. */
  readonly user: string;
  /** The last position that counts. */
  readonly position: number;
  /** The latest time that counts. */
  readonly time: number;
}

/** A decision that a log has. */
export interface FoundDecision {
  /** The exposure that tells of it. */
  readonly event: RecordedEvent;
  /** What is known of it. */
  readonly exposure: ExperimentViewedData;
  /** How many exposures of the user to the feature came before. */
  readonly earlier: number;
  /** What came of making it again; null where that can't be done. */
  readonly again: RemadeAnswer | null;
}

/** A decision that was made again. */
export interface RemadeAnswer {
  /** The explanation, by what was recorded. */
  readonly explanation: FeatureExplanation;
  /** The key of the variation; null for none. */
  readonly variationKey: string | null;
  /** The attributes that it asked for, and that were not recorded or not there. */
  readonly missing: readonly string[];
}

/** Finds the latest decision about a feature for a user, and makes it again; null where there is none. */
export function findDecision(
  events: Iterable<RecordedEvent>,
  query: DecisionQuery,
): FoundDecision | null {
  let payloads = payloadsLoaded.initial;
  let sticky = stickyDocuments.initial;
  let found: {
    readonly event: RecordedEvent;
    readonly exposure: ExperimentViewedData;
    readonly sticky: StickyDocuments;
  } | null = null;
  let count = 0;
  for (const event of events) {
    if (event.position > query.position) break;
    if (event.time > query.time) continue;
    payloads = payloadsLoaded.evolve(payloads, event);
    sticky = stickyDocuments.evolve(sticky, event);
    const exposure = readData(event, "experiment.viewed");
    if (exposure === null || !isAskedFor(event, exposure, query)) continue;
    found = { event, exposure, sticky };
    count++;
  }
  if (found === null) return null;
  const { event, exposure } = found;
  const { payloadDigest } = exposure;
  const payload = payloadDigest === undefined
    ? null
    : findPayload(payloads, payloadDigest);
  const again = payload === null
    ? null
    : remake(event, exposure, found.sticky, payload, query.feature);
  return { event, exposure, earlier: count - 1, again };
}

function isAskedFor(
  { user }: RecordedEvent,
  { featureId, askedFeatureId, hashValue }: ExperimentViewedData,
  query: DecisionQuery,
): boolean {
  if (featureId !== query.feature && askedFeatureId !== query.feature) {
    return false;
  }
  const attributes = user?.attributes ?? {};
  const id = Object.hasOwn(attributes, "id") ? attributes.id : undefined;
  return String(hashValue) === query.user || String(id) === query.user;
}

function remake(
  event: RecordedEvent,
  exposure: ExperimentViewedData,
  sticky: StickyDocuments,
  payload: Payload,
  feature: string,
): RemadeAnswer | null {
  const scene = setScene(event.user, exposure, sticky, false);
  if (scene === null) return null;
  const { attributes, url, documents } = scene;
  const context = {
    ...payload,
    attributes,
    stickyBucketAssignmentDocs: documents,
    ...(url === undefined ? {} : { url }),
  };
  const remade = remakeDecision(scene, payload);
  return {
    explanation: explainFeature(context, feature),
    variationKey: remade.exposure?.result.key ?? null,
    missing: [...remade.missing].sort(),
  };
}
