/** What a field has to be. */
export interface FieldRule {
  /** In words, for an issue. */
  readonly expected: string;
  /** Whether a value is that. The value is JSON. */
  readonly accepts: (value: unknown) => boolean;
  /** Whether the field may be missing. */
  readonly isOptional: boolean;
}

/** What an object has to be: its fields by name. Others are let be. */
export type ShapeRule = readonly (readonly [name: string, rule: FieldRule])[];

function rule(
  expected: string,
  accepts: FieldRule["accepts"],
): FieldRule {
  return { expected, accepts, isOptional: false };
}

/** A text. */
export const text: FieldRule = /* @__PURE__ */ rule(
  "a text",
  (value) => typeof value === "string",
);
/** A text or null. */
export const textOrNull: FieldRule = /* @__PURE__ */ rule(
  "a text or null",
  (value) => typeof value === "string" || value === null,
);
/** True or false. */
export const flag: FieldRule = /* @__PURE__ */ rule(
  "true or false",
  (value) => typeof value === "boolean",
);
/** A finite number. */
export const number: FieldRule = /* @__PURE__ */ rule(
  "a finite number",
  (value) => Number.isFinite(value),
);
/** An integer of any sign. */
export const integer: FieldRule = /* @__PURE__ */ rule(
  "an integer",
  (value) => Number.isSafeInteger(value),
);
/** An integer from 0. */
export const count: FieldRule = /* @__PURE__ */ rule(
  "an integer from 0",
  (value) => Number.isSafeInteger(value) && value as number >= 0,
);
/** An integer from 1. */
export const positive: FieldRule = /* @__PURE__ */ rule(
  "an integer from 1",
  (value) => Number.isSafeInteger(value) && value as number >= 1,
);
/** A number from 0 to 1. */
export const share: FieldRule = /* @__PURE__ */ rule(
  "a number from 0 to 1",
  (value) => typeof value === "number" && value >= 0 && value <= 1,
);
/** Any JSON value. */
export const json: FieldRule = /* @__PURE__ */ rule(
  "a JSON value",
  (value) => value !== undefined,
);
/** A JSON object. */
export const record: FieldRule = /* @__PURE__ */ rule(
  "a JSON object",
  isPlainObject,
);
/** Weights: a share for each variation. */
export const weights: FieldRule = /* @__PURE__ */ rule(
  "a list of numbers from 0 to 1",
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every(share.accepts),
);
/** A list of texts. */
export const texts: FieldRule = /* @__PURE__ */ rule(
  "a list of texts",
  (value) => Array.isArray(value) && value.every(text.accepts),
);
/** A list of JSON objects. */
export const records: FieldRule = /* @__PURE__ */ rule(
  "a list of JSON objects",
  (value) => Array.isArray(value) && value.every(record.accepts),
);
/** An object of texts. */
export const textsByName: FieldRule = /* @__PURE__ */ rule(
  "an object of texts",
  (value) => isPlainObject(value) && Object.values(value).every(text.accepts),
);
/** An object of integers. */
export const integersByName: FieldRule = /* @__PURE__ */ rule(
  "an object of integers",
  (value) =>
    isPlainObject(value) && Object.values(value).every(integer.accepts),
);

/** One of a closed set. */
export function oneOf(values: readonly string[]): FieldRule {
  return rule(
    `one of ${values.join(", ")}`,
    (value) => typeof value === "string" && values.includes(value),
  );
}

/** The same, where the field may be missing. */
export function optional(field: FieldRule): FieldRule {
  return { ...field, isOptional: true };
}

/** Tells whether a value is an object and no array. */
export function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
