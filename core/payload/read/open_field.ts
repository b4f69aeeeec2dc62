import type { JsonValue } from "../../types/json.ts";
import type { PayloadIssueCode } from "../../types/payload_issue.ts";
import { isRecord } from "../../support/is_record.ts";
import { adoptJson } from "./adopt_json.ts";
import type { Copier } from "./copier.ts";
import { copyJson } from "./copy_json.ts";
import type { PayloadField } from "./payload_fields.ts";
import { type Place, placeAt } from "./place.ts";
import { keysSafely, kindOf, lengthSafely, readSafely } from "./read_safely.ts";
import { showValue } from "./show_value.ts";

/** One definition: a feature, an experiment, a group or a bandit. */
export interface Entry<Value extends JsonValue = JsonValue> {
  /** Where it stands in the input. */
  readonly place: Place;
  /** A frozen copy of it. */
  readonly value: Value;
}

/** An issue that is not reported yet: where it is, what it is, and the same in words. */
export type Finding = readonly [
  place: Place,
  code: PayloadIssueCode,
  message: string,
];

/** A field of a payload, read. */
export interface OpenedField {
  /** The definitions in it; null where something else than a container of definitions is there. */
  readonly entries: readonly Entry[] | null;
  /** What is wrong with it. */
  readonly findings: readonly Finding[];
}

/** How the definitions of a payload are read. */
export interface Reading {
  /** Copies them. */
  readonly copier: Copier;
  /** Whether no other code holds the payload, which came from `JSON.parse`: it needs no copy then. */
  readonly isOwner: boolean;
}

/** Reads a field of a payload, a definition at a step; null where it is absent. */
export function* openField(
  reading: Reading,
  field: PayloadField,
  value: unknown,
  place: Place,
): Generator<void, OpenedField | null> {
  if (value === undefined || value === null) return null;
  const isList = field === "experiments";
  const items = isList ? readList(value) : readRecord(value);
  if (items !== null) return yield* openEntries(reading, field, items, place);
  const expected = isList ? "an array" : "an object";
  const message =
    `Cannot use ${field}, which should be ${expected}: the current value is ${
      showValue(value)
    }`;
  return { entries: null, findings: [[place, "wrong-type", message]] };
}

/** Copies definitions, one at a step, and leaves out those that can't be used. */
export function* openEntries(
  { copier, isOwner }: Reading,
  field: PayloadField,
  items: Iterable<readonly [key: string | number, value: unknown]>,
  place: Place,
): Generator<void, OpenedField> {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const [key, given] of items) {
    yield;
    const there = placeAt(place, key);
    const value = isOwner && adoptJson(given)
      ? given as JsonValue
      : copyJson(copier, given, there);
    const finding = value === undefined
      ? describeFault(copier)
      : checkEntry(field, value, there);
    if (finding === null) entries.push({ place: there, value: value! });
    else {
      findings.push(finding);
      // An unknown group has no members, so that all are outside of it. No user is outside of a
      // malformed one.
      if (field === "savedGroups") entries.push({ place: there, value: null });
    }
    if (copier.size > copier.maxSize) break;
  }
  return { entries, findings };
}

function describeFault({ fault }: Copier): Finding {
  const { place, code, reason } = fault!;
  const kind = code === "not-json" ? ", which is not JSON" : "";
  return [
    place,
    code,
    `Cannot use the definition around this${kind}: ${reason}`,
  ];
}

/** Features and experiments are objects; of the others, evaluation makes what it can. */
function checkEntry(
  field: PayloadField,
  value: JsonValue,
  place: Place,
): Finding | null {
  const name = field.slice(0, -1);
  if (field !== "features" && field !== "experiments") return null;
  if (isRecord(value)) return null;
  const message =
    `Cannot use the ${name}, which should be an object: the current value is ${
      showValue(value)
    }`;
  return [place, "wrong-type", message];
}

/** Reads the properties of a plain object, each once; null for anything else. */
export function readRecord(value: unknown): Map<string, unknown> | null {
  if (kindOf(value) !== "record") return null;
  const names = keysSafely(value as object);
  if (names === null) return null;
  const properties = new Map<string, unknown>();
  for (const name of names) {
    const property = readSafely(value as object, name);
    if (property !== undefined) properties.set(name, property);
  }
  return properties;
}

function readList(
  value: unknown,
): readonly (readonly [index: number, value: unknown])[] | null {
  const length = kindOf(value) === "array"
    ? lengthSafely(value as object)
    : null;
  return length === null ? null : Array.from(
    { length },
    (_, index) => [index, readSafely(value as object, index)] as const,
  );
}
