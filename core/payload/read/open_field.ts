import type { JsonValue } from "../../types/json.ts";
import { type Copier, type CopyFault, maxContainers } from "./copier.ts";
import { adoptJson } from "./adopt_json.ts";
import { copyJson } from "./copy_json.ts";
import { maxIssues } from "./findings.ts";
import type { PayloadField } from "./payload_fields.ts";
import { type Place, placeAt } from "./place.ts";
import { keysSafely, kindOf, lengthSafely, readSafely } from "./read_safely.ts";
import { showValue } from "./show_value.ts";

/** One definition: a feature, an experiment, a group or a bandit. */
export interface Entry<Value extends JsonValue = JsonValue> {
  /** Where it stands in what was given. */
  readonly place: Place;
  /** A frozen copy of it. */
  readonly value: Value;
}

/** A field of a payload, read. */
export interface OpenedField {
  /** Where it stands. */
  readonly place: Place;
  /** The definitions in it that are JSON. */
  readonly entries: readonly Entry[];
  /** What is there instead of a container of definitions; null where there is one. */
  readonly wrong: string | null;
  /** Why some definitions are left out. */
  readonly faults: readonly CopyFault[];
}

/** Reads a field of a payload, a definition at a step; null where it is absent. */
export function* openField(
  copier: Copier,
  field: PayloadField,
  value: unknown,
  place: Place,
): Generator<void, OpenedField | null> {
  if (value === undefined || value === null) return null;
  const items = field === "experiments" ? readList(value) : readRecord(value);
  return items === null
    ? { place, entries: [], wrong: showValue(value), faults: [] }
    : yield* openEntries(copier, field, items, place);
}

/** Copies definitions, one at a step, and leaves out those that are not JSON. */
export function* openEntries(
  copier: Copier,
  field: PayloadField,
  items: Iterable<readonly [key: string | number, value: unknown]>,
  place: Place,
): Generator<void, OpenedField> {
  const entries: Entry[] = [];
  const faults: CopyFault[] = [];
  for (const [key, value] of items) {
    yield;
    const there = placeAt(place, key);
    const copy = copier.isOwner && adoptJson(value)
      ? value as JsonValue
      : copyJson(copier, value, there);
    if (copy !== undefined) {
      entries.push({ place: there, value: copy });
      continue;
    }
    if (faults.length < maxIssues) faults.push(copier.fault!);
    // An unknown group has no members, so that all are outside of it. Nobody is outside of a
    // malformed one.
    if (field === "savedGroups") entries.push({ place: there, value: null });
    if (copier.containers > maxContainers) break;
  }
  return { place, entries, wrong: null, faults };
}

/** Reads the properties of a plain object, each once; null for anything else. */
export function readRecord(value: unknown): Map<string, unknown> | null {
  if (typeof value !== "object" || value === null) return null;
  const names = kindOf(value) === "record" ? keysSafely(value) : null;
  if (names === null) return null;
  const properties = new Map<string, unknown>();
  for (const name of names) {
    const property = readSafely(value, name);
    if (property !== undefined) properties.set(name, property);
  }
  return properties;
}

function readList(value: unknown): Iterable<[number, unknown]> | null {
  if (typeof value !== "object" || value === null) return null;
  const length = kindOf(value) === "array" ? lengthSafely(value) : null;
  return length === null ? null : listElements(value, length);
}

function* listElements(
  list: object,
  length: number,
): Generator<[number, unknown]> {
  for (let index = 0; index < length; index++) {
    yield [index, readSafely(list, index)];
  }
}
