import type { JsonObject, JsonValue } from "../types/json.ts";

/** Tells whether a value is a JSON object: not an array, not null. */
export function isRecord(
  value: JsonValue | undefined,
): value is JsonObject {
  return typeof value === "object" && value !== null && !isArray(value);
}

/** Tells whether a value is a JSON array. */
export function isArray(
  value: JsonValue | undefined,
): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Gives an own field of a JSON object; null where there is none. */
export function fieldOf(record: JsonObject, name: string): JsonValue {
  return Object.hasOwn(record, name) ? record[name]! : null;
}
