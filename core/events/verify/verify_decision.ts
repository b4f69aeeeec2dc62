import { isObject, readOwn } from "../../support/read_own.ts";
import type { Payload } from "../../types/payload.ts";
import type { NewEvent } from "../types/recorded_event.ts";
import {
  type DecisionScene,
  findAutoExperiment,
  remakeDecision,
} from "./remake_decision.ts";
import { setScene } from "./set_scene.ts";
import type { StickyDocuments } from "../projections/sticky_documents.ts";
import type { ExperimentViewedData } from "../types/tracking_event.ts";
import type {
  DecisionOutcome,
  UnverifiableReason,
} from "./verified_decision.ts";

/** What a decision is verified by. */
export interface DecisionEvidence {
  readonly exposure: ExperimentViewedData;
  /**
   * The sticky buckets from before the time of the event: a decision must not be made again by what
   * it left itself, and all that it leaves is of one time.
   */
  readonly earlier: StickyDocuments;
  /** The sticky buckets, with all that came before the event. */
  readonly sticky: StickyDocuments;
  /** The payload that decided; null where it is not known. */
  readonly recorded: Payload | null;
  /** Another payload to decide by. */
  readonly asked: Payload | undefined;
}

/**
 * Makes one recorded decision again, and tells whether it comes out the same. `verifyDecisions` gathers
 * what it takes from a log.
 */
export function verifyDecision(
  event: NewEvent,
  evidence: DecisionEvidence,
): DecisionOutcome {
  const { exposure, earlier, sticky, recorded, asked } = evidence;
  const { experimentKey, hashAttribute, hashValue } = exposure;
  const payload = asked ?? recorded;
  if (
    exposure.featureId === null &&
    !isAuto([recorded, asked], experimentKey) &&
    (recorded !== null || payload !== null)
  ) return unverifiable("inlineExperiment");
  if (payload === null) return unverifiable("payload");
  // A value that JSON can't hold was not recorded.
  if (hashValue === null) return unverifiable("attributes", [hashAttribute]);
  const isLookAhead = asked !== undefined;
  const scene =
    (isLookAhead ? null : setScene(event.user, exposure, earlier, false)) ??
      setScene(event.user, exposure, sticky, isLookAhead);
  if (scene === null) return unverifiable("stickyBuckets");
  if (needsUrl(payload, exposure) && scene.url === undefined) {
    return unverifiable("url");
  }
  const remade = remakeDecision(scene, payload);
  const unknown = [...remade.missing].filter((name) =>
    !isKnownMissing(name, event, scene, evidence)
  );
  if (unknown.length > 0) return unverifiable("attributes", unknown);
  if (remade.exposure === null) return { outcome: "different", to: null };
  const { key, variationId } = remade.exposure.result;
  return key === exposure.variationKey
    ? { outcome: "same" }
    : { outcome: "different", to: { variationId, variationKey: key } };
}

function unverifiable(
  reason: UnverifiableReason,
  attributes: readonly string[] = [],
): DecisionOutcome {
  return { outcome: "unverifiable", reason, attributes };
}

function isAuto(
  payloads: readonly (Payload | null | undefined)[],
  key: string,
): boolean {
  return payloads.some((payload) =>
    isObject(payload) && findAutoExperiment(payload, key) !== null
  );
}

function needsUrl(payload: Payload, exposure: ExperimentViewedData): boolean {
  if (exposure.featureId !== null) return false;
  const experiment = findAutoExperiment(payload, exposure.experimentKey);
  return experiment !== null &&
    Boolean(experiment.urlPatterns || experiment.url);
}

/** Whether it is known of an attribute that was not recorded that the user had none. */
function isKnownMissing(
  name: string,
  { user }: NewEvent,
  scene: DecisionScene,
  { exposure, recorded, asked }: DecisionEvidence,
): boolean {
  const level = readOwn(user, "level");
  if (level === "all") return true;
  if (recorded === null) return false;
  // Where the fallback identified the user, there was nothing to identify them by before.
  if (isReplaced(name, recorded, exposure)) return true;
  if (level !== "decision") return false;
  return asked === undefined ||
    remakeDecision(scene, recorded).missing.has(name);
}

function isReplaced(
  name: string,
  { features }: Payload,
  { featureId, experimentKey, hashAttribute }: ExperimentViewedData,
): boolean {
  if (featureId === null || name === hashAttribute) return false;
  const rules = readOwn(readOwn(features, featureId), "rules");
  if (!Array.isArray(rules)) return false;
  // Rules may share the key of an experiment; any of them may have led to the exposure.
  const candidates = rules.filter((rule: unknown) =>
    (readOwn(rule, "key") || featureId) === experimentKey
  );
  return candidates.length > 0 &&
    candidates.every((rule: unknown) =>
      readOwn(rule, "fallbackAttribute") === hashAttribute &&
      (readOwn(rule, "hashAttribute") || "id") === name
    );
}
