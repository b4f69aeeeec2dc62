import { encryptedFields } from "./payload_fields.ts";
import { keysSafely, kindOf, readSafely } from "./read_safely.ts";

/**
 * Tells an answer of the API, `{ status, features, … }`, from a bare map of features.
 *
 * A feature may have any name, those of the answer's fields included, but it is always an object.
 * So an answer is what has a field under one of those names that can't be a feature: a `status`
 * that is a number; a `dateUpdated`, an `error` or an encrypted field that is a text; `experiments`
 * that are an array; or `features` that are no feature.
 *
 * Those are no feature unless they have `rules` that are an array or a `defaultValue` that is not
 * an object, or are empty beside a name that is unknown to an answer and holds a feature.
 */
export function isResponse(fields: ReadonlyMap<string, unknown>): boolean {
  if (typeof fields.get("status") === "number") return true;
  if (textFields.some((name) => typeof fields.get(name) === "string")) {
    return true;
  }
  if (kindOfValue(fields.get("experiments")) === "array") return true;
  const features = fields.get("features");
  if (features === undefined) return false;
  if (kindOfValue(features) !== "record") return true;
  if (isFeature(features as object)) return false;
  const names = keysSafely(features as object);
  return names === null || names.length > 0 || !hasFeature(fields);
}

const textFields: readonly string[] = /* @__PURE__ */ (() => [
  "dateUpdated",
  "error",
  ...Object.values(encryptedFields),
])();

const knownFields: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set([
    ...Object.keys(encryptedFields),
    ...textFields,
    "status",
  ]))();

function hasFeature(fields: ReadonlyMap<string, unknown>): boolean {
  for (const [name, value] of fields) {
    if (knownFields.has(name) || kindOfValue(value) !== "record") continue;
    if (isFeature(value as object) || hasOwn(value as object, "defaultValue")) {
      return true;
    }
  }
  return false;
}

function isFeature(record: object): boolean {
  if (hasOwn(record, "rules")) {
    if (kindOfValue(readSafely(record, "rules")) === "array") return true;
  }
  return hasOwn(record, "defaultValue") &&
    kindOfValue(readSafely(record, "defaultValue")) !== "record";
}

function hasOwn(record: object, name: string): boolean {
  try {
    return Object.hasOwn(record, name);
  } catch {
    return false;
  }
}

function kindOfValue(value: unknown): string {
  return typeof value === "object" && value !== null
    ? kindOf(value)
    : typeof value;
}
