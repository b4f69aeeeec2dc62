import type { JsonArray, JsonObject, JsonValue } from "../types/json.ts";
import { checkAssignment } from "./experiment/check_assignment.ts";
import { checkBanditReference } from "./experiment/check_bandit.ts";
import { checkFields, type FieldTypes, wrongType } from "./check_fields.ts";
import { checkRange } from "./experiment/check_range.ts";
import { checkTargeting } from "./check_targeting.ts";
import { checkVariations } from "./experiment/check_variations.ts";
import { type Inspection, isDue, tell } from "./inspection.ts";
import { fieldOf, isArray, isRecord } from "../support/is_record.ts";
import { type Place, placeAt } from "../payload/read/place.ts";
import { showValue } from "../payload/read/show_value.ts";

const fieldTypes: FieldTypes = {
  id: "string",
  tracks: "array",
  variations: "array",
  contextualVariations: "array",
  contextualBanditRef: "string",
  key: "string",
};

/** Reports what is wrong with a rule of a feature. */
export function checkRule(
  inspection: Inspection,
  rule: JsonValue,
  place: Place,
  featureKey: string,
): void {
  if (!isRecord(rule)) {
    wrongType(inspection, rule, place, "the rule", "object");
    return;
  }
  if (!isDue(inspection, rule)) return;
  checkFields(inspection, rule, place, fieldTypes);
  checkTargeting(inspection, rule, place, featureKey);
  checkAssignment(inspection, rule, place);
  const range = fieldOf(rule, "range");
  if (range !== null) checkRange(inspection, range, placeAt(place, "range"));
  if (Object.hasOwn(rule, "force")) checkForce(inspection, rule, place);
  else checkExperiment(inspection, rule, place, featureKey);
}

function checkForce(
  inspection: Inspection,
  rule: JsonObject,
  place: Place,
): void {
  const tracks = fieldOf(rule, "tracks");
  if (isArray(tracks) && isDue(inspection, tracks)) {
    tracks.forEach((track, index) =>
      checkTrack(inspection, track, placeAt(placeAt(place, "tracks"), index))
    );
  }
  for (const field of ["variations", "contextualVariations"]) {
    const variations = fieldOf(rule, field);
    if (variations === null) continue;
    tell(
      inspection,
      placeAt(place, field),
      "ignored-variations",
      `Cannot run an experiment in a rule that forces a value: the current value is ${
        showValue(variations)
      }`,
    );
  }
}

function checkTrack(
  inspection: Inspection,
  track: JsonValue,
  place: Place,
): void {
  if (isRecord(track)) {
    checkFields(inspection, track, place, {
      experiment: "!object",
      result: "!object",
    });
  } else wrongType(inspection, track, place, "the exposure", "object");
}

function checkExperiment(
  inspection: Inspection,
  rule: JsonObject,
  place: Place,
  featureKey: string,
): void {
  const field = fieldOf(rule, "contextualVariations") === null
    ? "variations"
    : "contextualVariations";
  const variations = fieldOf(rule, field);
  if (isArray(variations)) {
    const key = fieldOf(rule, "key") || featureKey;
    const there = placeAt(place, field);
    checkVariations(inspection, rule, place, { key, variations, place: there });
    checkBanditReference(inspection, rule, place, variations as JsonArray);
  } else if (variations === null && !hasGate(inspection, rule)) {
    tell(
      inspection,
      place,
      "no-effect",
      "Cannot give a value: the rule has neither force nor variations",
    );
  }
}

/** Whether a rule is there to end the feature where a prerequisite is not met. */
function hasGate(inspection: Inspection, rule: JsonObject): boolean {
  const parents = fieldOf(rule, "parentConditions");
  if (!isArray(parents)) return false;
  const { gates } = inspection;
  let isGate = gates.get(parents);
  if (isGate === undefined) {
    isGate = parents.some((parent) =>
      isRecord(parent) && Boolean(fieldOf(parent, "gate"))
    );
    gates.set(parents, isGate);
  }
  return isGate;
}
