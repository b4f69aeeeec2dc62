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

/** The same for data of a type. */
export type Shape<Data extends object> = ShapeRule & {
  /** Never present: it keeps the shape of one type from standing for another. */
  readonly "~data"?: Data;
};

/** A field that must be there. */
export interface RequiredField extends FieldRule {
  /** It may not be missing. */
  readonly isOptional: false;
}

/** A field that may be missing. */
export interface OptionalField extends FieldRule {
  /** It may be missing. */
  readonly isOptional: true;
}

/** Makes the shape of data from the rules of its fields: one for each, and as optional as it is. */
export function shapeOf<Data extends object>(
  fields: {
    readonly [Name in keyof Data]-?: Partial<Pick<Data, Name>> extends
      Pick<Data, Name> ? OptionalField : RequiredField;
  },
): Shape<Data> {
  return Object.entries<FieldRule>(
    fields as { readonly [name: string]: FieldRule },
  );
}

function rule(
  expected: string,
  accepts: FieldRule["accepts"],
): RequiredField {
  return { expected, accepts, isOptional: false };
}

/** A text. */
export const text: RequiredField = /* @__PURE__ */ rule(
  "a text",
  (value) => typeof value === "string",
);
/** A text or null. */
export const textOrNull: RequiredField = /* @__PURE__ */ rule(
  "a text or null",
  (value) => typeof value === "string" || value === null,
);
/** True or false. */
export const flag: RequiredField = /* @__PURE__ */ rule(
  "true or false",
  (value) => typeof value === "boolean",
);
/** A finite number. */
export const number: RequiredField = /* @__PURE__ */ rule(
  "a finite number",
  (value) => Number.isFinite(value),
);
/** An integer of any sign. */
export const integer: RequiredField = /* @__PURE__ */ rule(
  "an integer",
  (value) => Number.isSafeInteger(value),
);
/** An integer from 0. */
export const count: RequiredField = /* @__PURE__ */ rule(
  "an integer from 0",
  (value) => Number.isSafeInteger(value) && value as number >= 0,
);
/** An integer from 1. */
export const positive: RequiredField = /* @__PURE__ */ rule(
  "an integer from 1",
  (value) => Number.isSafeInteger(value) && value as number >= 1,
);
/** A number from 0 to 1. */
export const share: RequiredField = /* @__PURE__ */ rule(
  "a number from 0 to 1",
  (value) => typeof value === "number" && value >= 0 && value <= 1,
);
/** Any JSON value. */
export const json: RequiredField = /* @__PURE__ */ rule(
  "a JSON value",
  (value) => value !== undefined,
);
/** A JSON object. */
export const record: RequiredField = /* @__PURE__ */ rule(
  "a JSON object",
  isPlainObject,
);
/** Weights: a share for each variation. */
export const weights: RequiredField = /* @__PURE__ */ rule(
  "a list of numbers from 0 to 1",
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every(share.accepts),
);
/** A list of texts. */
export const texts: RequiredField = /* @__PURE__ */ rule(
  "a list of texts",
  (value) => Array.isArray(value) && value.every(text.accepts),
);
/** A list of JSON objects. */
export const records: RequiredField = /* @__PURE__ */ rule(
  "a list of JSON objects",
  (value) => Array.isArray(value) && value.every(record.accepts),
);
/** An object of texts. */
export const textsByName: RequiredField = /* @__PURE__ */ rule(
  "an object of texts",
  (value) => isPlainObject(value) && Object.values(value).every(text.accepts),
);
/** An object of integers. */
export const integersByName: RequiredField = /* @__PURE__ */ rule(
  "an object of integers",
  (value) =>
    isPlainObject(value) && Object.values(value).every(integer.accepts),
);

/** One of a closed set. */
export function oneOf(values: readonly string[]): RequiredField {
  return rule(
    `one of ${values.join(", ")}`,
    (value) => typeof value === "string" && values.includes(value),
  );
}

/** The same, where the field may be missing. */
export function optional(field: FieldRule): OptionalField {
  return { ...field, isOptional: true };
}

/** Tells whether a value is an object and no array. */
export function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
