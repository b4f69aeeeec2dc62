import type { JsonObject, JsonValue } from "../../types/json.ts";
import { checkFields, type FieldTypes } from "../check_fields.ts";
import { checkHashVersion } from "./check_hash_version.ts";
import { checkBounds } from "./check_range.ts";
import { type Inspection, tell } from "../inspection.ts";
import { fieldOf, isArray } from "../../support/is_record.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

// The fields whose type ends in `!` are evaluated also where they are null.
const fieldTypes: FieldTypes = {
  coverage: "number!",
  weights: "array",
  ranges: "array",
  meta: "array",
  namespace: "array",
  hashAttribute: "string",
  fallbackAttribute: "string",
  seed: "string",
  disableStickyBucketing: "boolean",
  bucketVersion: "number!",
  minBucketVersion: "number!",
  name: "string",
  phase: "string",
};

/** Reports what is wrong with how a rule or an experiment assigns users to buckets. */
export function checkAssignment(
  inspection: Inspection,
  source: JsonObject,
  place: Place,
): void {
  checkFields(inspection, source, place, fieldTypes);
  checkHashVersion(inspection, source, place);
  const coverage = fieldOf(source, "coverage");
  if (typeof coverage === "number" && !(coverage >= 0 && coverage <= 1)) {
    tell(
      inspection,
      placeAt(place, "coverage"),
      "coverage-out-of-bounds",
      `Cannot include a share of users that is not between 0 and 1: the current value is ${coverage}`,
    );
  }
  const namespace = fieldOf(source, "namespace");
  if (isArray(namespace)) {
    checkNamespace(inspection, namespace, placeAt(place, "namespace"));
  }
}

function checkNamespace(
  inspection: Inspection,
  namespace: readonly JsonValue[],
  place: Place,
): void {
  if (namespace.length === 3 && typeof namespace[0] === "string") {
    checkBounds(inspection, namespace, 1, place);
    return;
  }
  const shown = namespace.length === 3 ? namespace[0] : namespace;
  tell(
    inspection,
    place,
    "wrong-type",
    `Cannot use the namespace, which should be a name and two numbers: the current value is ${
      showValue(shown)
    }`,
  );
}
