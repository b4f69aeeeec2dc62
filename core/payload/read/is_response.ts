import { encryptedFields } from "./payload_fields.ts";
import { readRecord } from "./read_record.ts";
import { keysSafely, kindOf } from "./read_safely.ts";

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
  const isTold = typeof fields.get("status") === "number" ||
    textFields.some((name) => typeof fields.get(name) === "string") ||
    kindOf(fields.get("experiments")) === "array";
  if (isTold) return true;
  const features = fields.get("features");
  if (features === undefined || isFeature(features)) return false;
  const isEmpty = kindOf(features) === "record" &&
    keysSafely(features as object)?.length === 0;
  return !isEmpty || !hasFeature(fields);
}

const textFields: readonly string[] = /* @__PURE__ */ (() => [
  "dateUpdated",
  "error",
  ...Object.values(encryptedFields),
])();

function hasFeature(fields: ReadonlyMap<string, unknown>): boolean {
  const known = [...Object.keys(encryptedFields), ...textFields, "status"];
  return [...fields].some(([name, value]) =>
    !known.includes(name) &&
    (isFeature(value) || readRecord(value)?.has("defaultValue"))
  );
}

function isFeature(value: unknown): boolean {
  const record = readRecord(value);
  const preset = record?.get("defaultValue");
  return kindOf(record?.get("rules")) === "array" ||
    preset !== undefined && kindOf(preset) !== "record";
}
