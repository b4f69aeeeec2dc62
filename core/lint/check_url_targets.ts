import type { JsonArray, JsonObject, JsonValue } from "../types/json.ts";
import { compileSimplePattern } from "../url/compile_simple_pattern.ts";
import { checkFields, wrongType } from "./check_fields.ts";
import { checkPattern } from "./condition/check_pattern.ts";
import { type Inspection, isDue, tell } from "./inspection.ts";
import { fieldOf, isRecord } from "../support/is_record.ts";
import { type Place, placeAt } from "../payload/read/place.ts";
import { showValue } from "../payload/read/show_value.ts";

/** Reports what is wrong with the pages that an experiment targets. */
export function checkUrlTargets(
  inspection: Inspection,
  targets: JsonArray,
  place: Place,
): void {
  if (!isDue(inspection, targets)) return;
  if (targets.length === 0) {
    tell(
      inspection,
      place,
      "no-effect",
      "Cannot run on any page: the current value is an empty array",
    );
  }
  targets.forEach((target, index) => {
    const there = placeAt(place, index);
    if (isRecord(target)) checkTarget(inspection, target, there);
    else wrongType(inspection, target, there, "the URL pattern", "object");
  });
}

function checkTarget(
  inspection: Inspection,
  target: JsonObject,
  place: Place,
): void {
  checkFields(inspection, target, place, {
    include: "boolean!",
    type: "!string",
    pattern: "!string",
  });
  const type = fieldOf(target, "type");
  if (typeof type === "string" && !knownTypes.includes(type)) {
    tell(
      inspection,
      placeAt(place, "type"),
      "unknown-value",
      `Cannot match by a type other than ${
        knownTypes.join(" and ")
      }: the current value is ${showValue(type)}`,
    );
  }
  const pattern = fieldOf(target, "pattern");
  if (typeof pattern !== "string") return;
  if (isValid(inspection, type, pattern, placeAt(place, "pattern"))) return;
  if (fieldOf(target, "include") !== false) return;
  tell(
    inspection,
    placeAt(place, "pattern"),
    "matches-everyone",
    `Cannot rule out any page by a pattern that matches none: the current value is ${
      showValue(pattern)
    }`,
  );
}

const knownTypes: readonly string[] = ["regex", "simple"];

function isValid(
  inspection: Inspection,
  type: JsonValue,
  pattern: string,
  place: Place,
): boolean {
  if (type === "regex") return checkPattern(inspection, pattern, false, place);
  if (type !== "simple" || compileSimplePattern(pattern) !== null) return true;
  tell(
    inspection,
    place,
    "invalid-pattern",
    `Cannot read the pattern as a URL, so it matches no page: the current value is ${
      showValue(pattern)
    }`,
  );
  return false;
}
