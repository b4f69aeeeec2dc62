import type { JsonArray, JsonObject, JsonValue } from "../types/json.ts";
import { checkRootCondition } from "./condition/check_condition.ts";
import { checkFields, wrongType } from "./check_fields.ts";
import { type Inspection, isDue, tell } from "./inspection.ts";
import { fieldOf, isArray, isRecord } from "../support/is_record.ts";
import { type Place, placeAt } from "../payload/read/place.ts";
import { showValue } from "../payload/read/show_value.ts";

/** Reports what is wrong with a saved group; the last step to its place is its id. */
export function checkSavedGroup(
  inspection: Inspection,
  group: JsonValue,
  place: Place,
): void {
  if (isArray(group)) checkMembers(inspection, group, place);
  else if (isRecord(group)) checkTyped(inspection, group, place);
  else wrongType(inspection, group, place, "the saved group", "object");
}

function checkTyped(
  inspection: Inspection,
  group: JsonObject,
  place: Place,
): void {
  const type = fieldOf(group, "type");
  if (type === "list") {
    const types = { attributeKey: "!string", values: "!array" } as const;
    checkFields(inspection, group, place, types);
    const values = fieldOf(group, "values");
    if (isArray(values)) {
      checkMembers(inspection, values, placeAt(place, "values"));
    }
  } else if (type === "condition") {
    checkFields(inspection, group, place, { condition: "!object" });
    const condition = fieldOf(group, "condition");
    if (!isRecord(condition)) return;
    checkRootCondition(
      inspection,
      condition,
      placeAt(place, "condition"),
      "attributes",
      String(place.key),
    );
  } else {
    tell(
      inspection,
      placeAt(place, "type"),
      type === null ? "missing-field" : "unknown-value",
      `Cannot use a saved group of a type other than list and condition: the current value is ${
        showValue(type)
      }`,
    );
  }
}

// Members are compared by identity, which no container in a payload has with an attribute.
function checkMembers(
  inspection: Inspection,
  members: JsonArray,
  place: Place,
): void {
  if (!isDue(inspection, members)) return;
  members.forEach((member, index) => {
    if (typeof member !== "object" || member === null) return;
    const there = placeAt(place, index);
    wrongType(inspection, member, there, "the member", "plain value");
  });
}
