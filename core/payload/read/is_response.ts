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
  if (kindOf(fields.get("experiments")) === "array") return true;
  const features = fields.get("features");
  if (features === undefined) return false;
  if (kindOf(features) !== "record") return true;
  if (isFeature(features)) return false;
  const names = keysSafely(features as object);
  return names === null || names.length > 0 || !hasFeature(fields);
}

const textFields: readonly string[] = /* @__PURE__ */ (() => [
  "dateUpdated",
  "error",
  ...Object.values(encryptedFields),
])();

function hasFeature(fields: ReadonlyMap<string, unknown>): boolean {
  const known = [...Object.keys(encryptedFields), ...textFields, "status"];
  return [...fields].some(([name, value]) =>
    !known.includes(name) && kindOf(value) === "record" &&
    (isFeature(value) || read(value, "defaultValue") !== undefined)
  );
}

function isFeature(record: unknown): boolean {
  const value = read(record, "defaultValue");
  return kindOf(read(record, "rules")) === "array" ||
    value !== undefined && kindOf(value) !== "record";
}

function read(record: unknown, name: string): unknown {
  return keysSafely(record as object)?.includes(name)
    ? readSafely(record as object, name)
    : undefined;
}
