import { exposureKey } from "../../log/port/exposure_key.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";

/**
 * What the exposures of users to one variation have in common: all of their data but the user and the
 * bucket. It is checked and turned into JSON once.
 */
export interface ExposureForm {
  /** The data as JSON, with a value in the place of the user's and the bucket's. */
  readonly text: string;
  /** What the users were shown, as the key of their exposures says it. */
  readonly shown: string;
  /** The names of the fields, in their order. */
  readonly names: readonly string[];
  /** Their values, by the same order. */
  readonly values: readonly unknown[];
}

/** How many forms are kept for one experiment, and for how many experiments. */
const capacity = { forms: 64, experiments: 1000 };

/**
 * Creates what finds the form of an exposure; null for an event that is none, or whose data is not
 * plain: a text, a number or a boolean in each field, or a list of numbers.
 */
export function createExposureForms(): (
  event: NewEvent,
) => ExposureForm | null {
  const known = new Map<string, readonly ExposureForm[]>();

  function learn(event: NewEvent, experiment: string): ExposureForm | null {
    const form = makeForm(event);
    if (form === null) return null;
    if (known.size >= capacity.experiments) known.clear();
    const others = known.get(experiment)?.slice(1 - capacity.forms) ?? [];
    known.set(experiment, [...others, form]);
    return form;
  }

  return (event) => {
    const { type, data } = event;
    if (type !== "experiment.viewed" || !isVariable(data)) return null;
    const experiment = data["experimentKey"];
    if (typeof experiment !== "string") return null;
    for (const form of known.get(experiment) ?? []) {
      if (hasForm(data, form)) return form;
    }
    return learn(event, experiment);
  };
}

// The fields that differ from user to user. Their values are JSON here, or there is no form.
function isVariable(data: unknown): data is NewEvent["data"] {
  if (typeof data !== "object" || data === null || "toJSON" in data) {
    return false;
  }
  // JSON leaves out what is inherited.
  const parent: unknown = Object.getPrototypeOf(data);
  if (parent !== Object.prototype && parent !== null) return false;
  const { hashValue, bucket } = data as Partial<NewEvent["data"]>;
  return isScalar(hashValue) &&
    (bucket === undefined || Number.isFinite(bucket));
}

function hasForm(
  data: NewEvent["data"],
  { names, values }: ExposureForm,
): boolean {
  let index = 0;
  for (const name in data) {
    if (name !== names[index]) return false;
    const value = data[name];
    const expected = values[index];
    if (value !== expected && !isAside(name) && !isSameList(value, expected)) {
      return false;
    }
    index++;
  }
  return index === names.length && hasBucket(data) === names.includes("bucket");
}

// One may be named and undefined, which JSON leaves out.
function hasBucket(data: NewEvent["data"]): boolean {
  return data["bucket"] !== undefined;
}

function makeForm(event: NewEvent): ExposureForm | null {
  const key = exposureKey(event);
  const names = Object.keys(event.data);
  if (key === null || !names.includes("hashValue")) return null;
  const values = names.map((name) => {
    const value = event.data[name];
    // One that is frozen is often the very same in the next one.
    return Array.isArray(value) && !Object.isFrozen(value)
      ? Object.freeze([...value])
      : value;
  });
  const isPlain = names.every((name, index) =>
    isAside(name) || isScalar(values[index]) || isList(values[index])
  );
  if (!isPlain || hasBucket(event.data) !== names.includes("bucket")) {
    return null;
  }
  const blank = names.includes("bucket")
    ? { ...event.data, hashValue: 0, bucket: 0 }
    : { ...event.data, hashValue: 0 };
  return { text: JSON.stringify(blank), shown: key.shown, names, values };
}

function isAside(name: string): boolean {
  return name === "hashValue" || name === "bucket";
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean" ||
    value === null || Number.isFinite(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every(Number.isFinite);
}

function isSameList(value: unknown, expected: unknown): boolean {
  if (!Array.isArray(value) || !Array.isArray(expected)) return false;
  if (value.length !== expected.length) return false;
  for (let index = 0; index < value.length; index++) {
    if (value[index] !== expected[index]) return false;
  }
  return true;
}
