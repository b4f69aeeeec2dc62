import { checkAutoExperiment } from "./experiment/check_auto_experiment.ts";
import { checkBandit } from "./experiment/check_bandit.ts";
import { checkFeature } from "./check_feature.ts";
import { checkPrerequisites } from "./check_prerequisites.ts";
import { checkSavedGroup } from "./check_saved_group.ts";
import { checkSavedGroupReferences } from "./check_saved_group_references.ts";
import type { Findings } from "../payload/read/findings.ts";
import { type Inspection, startInspection } from "./inspection.ts";
import type { Place } from "../payload/read/place.ts";
import type { JsonObject, JsonValue } from "../types/json.ts";

/** One definition: a feature, an experiment, a group or a bandit. */
export interface Entry<Value extends JsonValue = JsonValue> {
  /** Where it stands in the input. */
  readonly place: Place;
  /** A frozen copy of it. */
  readonly value: Value;
}

/** The definitions of a payload. */
export interface PayloadEntries {
  /** The features. */
  readonly features: readonly Entry<JsonObject>[];
  /** The saved groups. */
  readonly savedGroups: readonly Entry[];
  /** The contextual bandits. */
  readonly contextualBandits: readonly Entry[];
  /** The auto experiments. */
  readonly experiments: readonly Entry<JsonObject>[];
}

/** Reports what is wrong with the definitions of a payload, of which some may not be known. */
export function checkPayload(
  findings: Findings,
  entries: PayloadEntries,
  known: Pick<Inspection, "features" | "savedGroups" | "contextualBandits">,
): void {
  const inspection = startInspection(findings, known);
  // Bandits come first: rules are compared with them.
  for (const { place, value } of entries.contextualBandits) {
    checkBandit(inspection, value, place);
  }
  for (const { place, value } of entries.features) {
    checkFeature(inspection, value, place);
  }
  for (const { place, value } of entries.savedGroups) {
    checkSavedGroup(inspection, value, place);
  }
  for (const { place, value } of entries.experiments) {
    checkAutoExperiment(inspection, value, place);
  }
  checkPrerequisites(inspection);
  checkSavedGroupReferences(inspection);
}
