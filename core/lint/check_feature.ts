import type { JsonObject, JsonValue } from "../types/json.ts";
import { checkFields, type FieldTypes } from "./check_fields.ts";
import { checkRule } from "./check_rule.ts";
import { type Inspection, isDue, tell } from "./inspection.ts";
import { fieldOf, isArray, isRecord } from "../support/is_record.ts";
import { type Place, placeAt } from "../payload/read/place.ts";

const fieldTypes: FieldTypes = { rules: "array" };

/** Reports what is wrong with a feature; the last step to its place is its key. */
export function checkFeature(
  inspection: Inspection,
  feature: JsonObject,
  place: Place,
): void {
  checkFields(inspection, feature, place, fieldTypes);
  const rules = fieldOf(feature, "rules");
  if (!isArray(rules) || !isDue(inspection, rules)) return;
  const rulesPlace = placeAt(place, "rules");
  const key = String(place.key);
  rules.forEach((rule, index) =>
    checkRule(inspection, rule, placeAt(rulesPlace, index), key)
  );
  const decisive = rules.findIndex(includesEveryone);
  if (decisive >= 0 && decisive < rules.length - 1) {
    tell(
      inspection,
      placeAt(rulesPlace, decisive + 1),
      "unreachable-rule",
      `Cannot reach a rule: rule ${decisive} before it gives its value to everyone`,
    );
  }
}

/** Tells whether a rule gives its value to every user that reaches it. */
function includesEveryone(rule: JsonValue): boolean {
  return isRecord(rule) && Object.hasOwn(rule, "force") &&
    isEmpty(fieldOf(rule, "condition")) &&
    isEmpty(fieldOf(rule, "parentConditions")) &&
    isEmptyList(fieldOf(rule, "filters")) &&
    !fieldOf(rule, "range") && !Object.hasOwn(rule, "coverage");
}

// An empty condition holds, and an empty list has nothing that could fail.
function isEmpty(value: JsonValue): boolean {
  return isEmptyList(value) || isRecord(value) && !hasNames(value);
}

function isEmptyList(value: JsonValue): boolean {
  return !value || isArray(value) && value.length === 0;
}

function hasNames(record: JsonObject): boolean {
  for (const _ in record) return true;
  return false;
}
