import type { JsonObject, JsonValue } from "../types/json.ts";
import { checkRootCondition } from "./condition/check_condition.ts";
import { checkFields, type FieldTypes, wrongType } from "./check_fields.ts";
import { checkHashVersion } from "./experiment/check_hash_version.ts";
import { checkRanges } from "./experiment/check_range.ts";
import { type Inspection, isDue, tell } from "./inspection.ts";
import { fieldOf, isArray, isRecord } from "../support/is_record.ts";
import { type Place, placeAt } from "../payload/read/place.ts";

const fieldTypes: FieldTypes = {
  condition: "object",
  parentConditions: "array",
  filters: "array",
};

/**
 * Reports what is wrong with what a rule or an experiment asks of users: its condition, its
 * prerequisites and its filters. `featureKey` is null for what belongs to no feature.
 */
export function checkTargeting(
  inspection: Inspection,
  source: JsonObject,
  place: Place,
  featureKey: string | null,
): void {
  checkFields(inspection, source, place, fieldTypes);
  const condition = fieldOf(source, "condition");
  if (isRecord(condition)) {
    const there = placeAt(place, "condition");
    checkRootCondition(inspection, condition, there, "attributes", null);
  }
  forEachOf(inspection, source, "parentConditions", place, (parent, there) => {
    checkParent(inspection, parent, there, featureKey);
  });
  forEachOf(inspection, source, "filters", place, (filter, there) => {
    checkFilter(inspection, filter, there);
  });
}

function forEachOf(
  inspection: Inspection,
  source: JsonObject,
  field: string,
  place: Place,
  check: (element: JsonValue, place: Place) => void,
): void {
  const list = fieldOf(source, field);
  if (!isArray(list) || !isDue(inspection, list)) return;
  const listPlace = placeAt(place, field);
  list.forEach((element, index) => check(element, placeAt(listPlace, index)));
}

function checkParent(
  inspection: Inspection,
  parent: JsonValue,
  place: Place,
  featureKey: string | null,
): void {
  if (!isRecord(parent)) {
    wrongType(inspection, parent, place, "the prerequisite", "object");
    return;
  }
  checkFields(inspection, parent, place, {
    id: "!string",
    condition: "object",
    gate: "boolean",
  });
  const condition = fieldOf(parent, "condition");
  if (isRecord(condition)) {
    const there = placeAt(place, "condition");
    checkRootCondition(inspection, condition, there, "parent", null);
  }
  const id = fieldOf(parent, "id");
  if (typeof id === "string") {
    inspection.parents.push({ from: featureKey, to: id, levels: 1, place });
  }
}

function checkFilter(
  inspection: Inspection,
  filter: JsonValue,
  place: Place,
): void {
  if (!isRecord(filter)) {
    wrongType(inspection, filter, place, "the filter", "object");
    return;
  }
  if (!isDue(inspection, filter)) return;
  checkFields(inspection, filter, place, {
    seed: "!string",
    ranges: "array",
    attribute: "string",
  });
  checkHashVersion(inspection, filter, place);
  const ranges = fieldOf(filter, "ranges");
  if (isArray(ranges) && ranges.length > 0) {
    checkRanges(inspection, ranges, placeAt(place, "ranges"));
  } else if (ranges === null || isArray(ranges)) {
    tell(
      inspection,
      placeAt(place, "ranges"),
      "filter-without-ranges",
      `Cannot pass a filter without ranges: the current value is ${
        ranges === null ? "null" : "an empty array"
      }`,
    );
  }
}
