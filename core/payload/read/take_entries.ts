import type { JsonArray, JsonObject, JsonValue } from "../../types/json.ts";
import { isRecord } from "../../support/is_record.ts";
import { setOwn } from "../../support/set_own.ts";
import { adoptJson } from "./adopt_json.ts";
import type { Copier } from "./copier.ts";
import { copyJson } from "./copy_json.ts";
import { type Findings, report } from "./findings.ts";
import type { PayloadField } from "./payload_fields.ts";
import { type Place, placeAt } from "./place.ts";
import { showValue } from "./show_value.ts";

/** What takes the definitions of a payload. */
export interface Taker {
  /** Copies them. */
  readonly copier: Copier;
  /** Where is told what is wrong with them. */
  readonly findings: Findings;
  /** Whether no other code holds the payload, which came from `JSON.parse`: it needs no copy then. */
  readonly isOwner: boolean;
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
  { copier, findings, isOwner, keep }: Taker,
  field: PayloadField,
  items: Items,
  place: Place,
): Generator<void, JsonObject | JsonArray> {
  const list: JsonValue[] = [];
  const record: { [name: string]: JsonValue } = {};
  const isList = field === "experiments";
  for (const [key, given] of items) {
    yield;
    const there = placeAt(place, key);
    let value = isOwner && adoptJson(given)
      ? given as JsonValue
      : copyJson(copier, given, there);
    if (value === undefined) reportFault(findings, copier);
    else if (!isUsable(field, value)) {
      reportEntry(findings, field, value, there);
      value = undefined;
    }
    // An unknown group has no members, so that all are outside of it. No user is outside of a
    // malformed one.
    if (field === "savedGroups") value ??= null;
    if (value !== undefined) {
      if (isList) list.push(value);
      else setOwn(record, key, value);
      keep?.(field, there, value);
    }
    if (copier.size > copier.maxSize) break;
  }
  return Object.freeze(isList ? list : record);
}

/** Features and experiments are objects; of the others, evaluation makes what it can. */
function isUsable(field: PayloadField, value: JsonValue): boolean {
  return field !== "features" && field !== "experiments" || isRecord(value);
}

function reportEntry(
  findings: Findings,
  field: PayloadField,
  value: JsonValue,
  place: Place,
): void {
  const name = field.slice(0, -1);
  const message =
    `Cannot use the ${name}, which should be an object: the current value is ${
      showValue(value)
    }`;
  report(findings, place, "wrong-type", message);
}

function reportFault(findings: Findings, { fault }: Copier): void {
  const { place, code, reason } = fault!;
  const kind = code === "not-json" ? ", which is not JSON" : "";
  const message = `Cannot use the definition around this${kind}: ${reason}`;
  report(findings, place, code, message);
}
