import type { JsonObject, JsonValue } from "../types/json.ts";
import { type Inspection, tell } from "./inspection.ts";
import { type Place, placeAt } from "../payload/read/place.ts";
import { showValue } from "../payload/read/show_value.ts";

/** The types that a field may have. */
export type FieldType = "string" | "number" | "boolean" | "array" | "object";

/**
 * The types of a record's fields. A field is optional unless its type begins with `!`. A null
 * counts as absent, which is how it is evaluated, unless the field is required or its type ends
 * in `!`.
 */
export interface FieldTypes {
  /** The type of a field. */
  readonly [field: string]: FieldType | `!${FieldType}` | `${FieldType}!`;
}

/** Reports the fields of a record that are missing or of another type than they should be. */
export function checkFields(
  inspection: Inspection,
  record: JsonObject,
  place: Place,
  types: FieldTypes,
): void {
  for (const field of Object.keys(types)) {
    const type = types[field]!;
    const isRequired = type.startsWith("!");
    if (!Object.hasOwn(record, field)) {
      if (isRequired) missing(inspection, field, place);
      continue;
    }
    const value = record[field]!;
    if (value === null && !type.includes("!")) continue;
    const expected = type.replace("!", "");
    if (typeName(value) !== expected) {
      wrongType(inspection, value, placeAt(place, field), field, expected);
    }
  }
}

/** Reports a value of another type than it should have. */
export function wrongType(
  inspection: Inspection,
  value: JsonValue,
  place: Place,
  name: string,
  expected: string,
): void {
  const article = /^[aeiou]/.test(expected) ? "an" : "a";
  tell(
    inspection,
    place,
    "wrong-type",
    `Cannot use ${name}, which should be ${article} ${expected}: the current value is ${
      showValue(value)
    }`,
  );
}

function missing(inspection: Inspection, field: string, place: Place): void {
  tell(
    inspection,
    placeAt(place, field),
    "missing-field",
    `Cannot do without ${field}: the current value is undefined`,
  );
}

function typeName(value: JsonValue): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
