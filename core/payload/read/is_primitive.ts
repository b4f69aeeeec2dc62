import type { JsonPrimitive } from "../../types/json.ts";

/** Tells whether a value is JSON, and neither an object nor an array. */
export function isPrimitive(value: unknown): value is JsonPrimitive {
  return typeof value === "string" || typeof value === "boolean" ||
    value === null || Number.isFinite(value);
}
