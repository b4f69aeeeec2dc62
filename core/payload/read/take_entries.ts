import type { JsonArray, JsonObject, JsonValue } from "../../types/json.ts";
import { isRecord } from "../../support/is_record.ts";
import { setOwn } from "../../support/set_own.ts";
import {
  type Container,
  type CopyFault,
  maxParts,
} from "./create_careful_copy.ts";
import type { Copier } from "./create_copier.ts";
import { type Findings, report, reportType } from "./findings.ts";
import type { PayloadField } from "./payload_fields.ts";
import { type Place, placeAt } from "./place.ts";

/** What takes the definitions of a payload. */
export interface Taker {
  /** Copies them. */
  readonly copier: Copier;
  /** Where is told what is wrong with them. */
  readonly findings: Findings;
  /** Whether no other code holds them, since they came from `JSON.parse`. */
  readonly isOwned: boolean;
  /** Is told of each that is taken, and of its place in the input. */
  readonly keep:
    | ((field: PayloadField, place: Place, value: JsonValue) => void)
    | undefined;
}

/** The definitions of a field, by key or by index. */
export type Items = Iterable<
  readonly [key: string | number, value: unknown]
>;

/** Copies definitions, one at a step, leaves out those that can't be used, and gives what is left. */
export function* takeEntries(
  { copier, findings, isOwned, keep }: Taker,
  field: PayloadField,
  items: Items,
  place: Place,
): Generator<void, JsonObject | JsonArray> {
  const isList = field === "experiments";
  // Of the others, evaluation makes what it can.
  const needsRecord = isList || field === "features";
  const taken: Container = isList ? [] : {};
  for (const [key, given] of items) {
    yield;
    const there = placeAt(place, key);
    let value = copier.copy(given, there, isOwned);
    if (value === undefined) tellFault(findings, copier.fault!);
    else if (needsRecord && !isRecord(value)) {
      const name = `the ${field.slice(0, -1)}`;
      reportType(findings, there, name, "an object", value);
      value = undefined;
    }
    // An unknown group has no members, so that all are outside of it. No user is outside of a
    // malformed one.
    if (field === "savedGroups") value ??= null;
    if (value !== undefined) {
      setOwn(taken, Array.isArray(taken) ? taken.length : key, value);
      keep?.(field, there, value);
    }
    if (copier.size > maxParts) break;
  }
  return Object.freeze(taken);
}

function tellFault(
  findings: Findings,
  { place, code, reason }: CopyFault,
): void {
  const kind = code === "not-json" ? ", which is not JSON" : "";
  const message = `Cannot use the definition around this${kind}: ${reason}`;
  report(findings, place, code, message);
}
