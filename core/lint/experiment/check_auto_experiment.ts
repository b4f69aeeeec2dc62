import type { JsonArray, JsonObject, JsonValue } from "../../types/json.ts";
import { isWebUrl } from "../../url/is_web_url.ts";
import { checkAssignment } from "./check_assignment.ts";
import { checkFields, type FieldTypes, wrongType } from "../check_fields.ts";
import { checkTargeting } from "../check_targeting.ts";
import { checkUrlTargets } from "../check_url_targets.ts";
import { checkVariations } from "./check_variations.ts";
import { type Inspection, isDue, tell } from "../inspection.ts";
import { fieldOf, isArray, isRecord } from "../../support/is_record.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

const fieldTypes: FieldTypes = {
  key: "!string",
  variations: "!array",
  changeId: "string",
  manual: "boolean",
  persistQueryString: "boolean",
  urlPatterns: "array",
  active: "boolean",
  force: "number!",
  groups: "array",
  url: "string",
};

const statuses: readonly JsonValue[] = ["draft", "running", "stopped"];

/** Reports what is wrong with an auto experiment. */
export function checkAutoExperiment(
  inspection: Inspection,
  experiment: JsonObject,
  place: Place,
): void {
  if (!isDue(inspection, experiment)) return;
  checkFields(inspection, experiment, place, fieldTypes);
  checkStatus(inspection, experiment, place);
  checkTargeting(inspection, experiment, place, null);
  checkAssignment(inspection, experiment, place);
  const patterns = fieldOf(experiment, "urlPatterns");
  if (isArray(patterns)) {
    checkUrlTargets(inspection, patterns, placeAt(place, "urlPatterns"));
  }
  const variations = fieldOf(experiment, "variations");
  if (!isArray(variations)) return;
  const there = placeAt(place, "variations");
  const key = fieldOf(experiment, "key");
  checkVariations(inspection, experiment, place, {
    key,
    variations,
    place: there,
  });
  if (isDue(inspection, variations)) {
    checkChanges(inspection, variations, there);
    tellNoEffect(inspection, variations, there, Boolean(patterns));
  }
}

function checkStatus(
  inspection: Inspection,
  experiment: JsonObject,
  place: Place,
): void {
  const status = fieldOf(experiment, "status");
  if (status === null || statuses.includes(status)) return;
  tell(
    inspection,
    placeAt(place, "status"),
    "unknown-value",
    `Cannot tell a status other than ${
      statuses.join(", ")
    }, so the experiment runs: the current value is ${showValue(status)}`,
  );
}

function checkChanges(
  inspection: Inspection,
  variations: JsonArray,
  place: Place,
): void {
  variations.forEach((variation, index) => {
    const there = placeAt(place, index);
    if (!isRecord(variation)) {
      wrongType(inspection, variation, there, "the variation", "object");
      return;
    }
    checkFields(inspection, variation, there, {
      urlRedirect: "string",
      domMutations: "array",
      css: "string",
      js: "string",
    });
    const target = fieldOf(variation, "urlRedirect");
    if (typeof target !== "string" || target === "" || isWebUrl(target)) {
      return;
    }
    tell(
      inspection,
      placeAt(there, "urlRedirect"),
      "relative-redirect",
      `Cannot redirect to what is no absolute http or https URL: the current value is ${
        showValue(target)
      }`,
    );
  });
}

/** Reports that no variation changes a page, nor redirects it where there are URL patterns. */
function tellNoEffect(
  inspection: Inspection,
  variations: JsonArray,
  place: Place,
  mayRedirect: boolean,
): void {
  const fields = ["domMutations", "css", "js"];
  if (mayRedirect) fields.push("urlRedirect");
  const doesSomething = variations.some((variation) =>
    isRecord(variation) &&
    fields.some((field) => Object.hasOwn(variation, field))
  );
  if (doesSomething) return;
  const condition = mayRedirect ? "" : " without URL patterns";
  tell(
    inspection,
    place,
    "no-effect",
    `Cannot change or redirect any page by these variations${condition}: the current value is ${
      showValue(variations)
    }`,
  );
}
