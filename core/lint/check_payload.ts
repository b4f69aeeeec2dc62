import { checkAutoExperiment } from "./experiment/check_auto_experiment.ts";
import { checkBandit } from "./experiment/check_bandit.ts";
import { checkFeature } from "./check_feature.ts";
import { checkPrerequisites } from "./check_prerequisites.ts";
import { checkSavedGroup } from "./check_saved_group.ts";
import { checkSavedGroupReferences } from "./check_saved_group_references.ts";
import type { Findings } from "../payload/read/findings.ts";
import { type Inspection, startInspection } from "./inspection.ts";
import type { PayloadEntries } from "../payload/read/close_payload.ts";

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
