import type { JsonValue } from "../../core/types/json.ts";

/**
 * Gives what a value is as JSON, the same where it can't be told apart from its JSON text: null
 * for what has none, such as a function or something that contains itself.
 */
export function toJson(value: unknown): JsonValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : null;
    default:
      return rewrite(value);
  }
}

function rewrite(value: unknown): JsonValue {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return null;
  }
}
