import type { JsonValue } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import { createCopier } from "./create_copier.ts";
import {
  type Findings,
  listIssues,
  report,
  reportType,
  startFindings,
} from "./findings.ts";
import { isResponse } from "./is_response.ts";
import type { ParsedPayload } from "./parsed_payload.ts";
import {
  encryptedFields,
  type PayloadField,
  payloadFields,
} from "./payload_fields.ts";
import { type Place, placeAt, wholePayload } from "./place.ts";
import { readList, readRecord } from "./read_record.ts";
import { showValue } from "./show_value.ts";
import { type Items, takeEntries, type Taker } from "./take_entries.ts";

/** What was taken of the input of a payload. */
export interface TakenPayload {
  /** What could be used, frozen all the way down. */
  readonly payload: Payload;
  /** What is wrong. */
  readonly findings: Findings;
  /** The fields that are there encrypted. */
  readonly encrypted: readonly PayloadField[];
  /** Whether it is a bare map of features. */
  readonly isMap: boolean;
}

/** How the input of a payload is taken. */
export interface Taking extends Partial<Pick<Taker, "keep">> {
  /** Whether no other code holds it, since it came from `JSON.parse`: it is frozen in place of copied. */
  readonly isOwner?: boolean;
  /** What was encrypted in it, or why it can't be decrypted; undefined where there is no key. */
  readonly decrypted?: DecryptedFields | undefined;
}

/** The values of encrypted fields, which come from `JSON.parse`, or why there are none. */
export type DecryptedFields = {
  readonly [Field in PayloadField]?: {
    /** The value; undefined where there is none. */
    readonly value?: unknown;
    /** Why there is none. */
    readonly reason?: string;
  };
};

type Fields = ReadonlyMap<string, unknown>;

/**
 * Takes the input of a payload: copies its definitions, one at a step, and leaves out and reports what can't
 * be used. Where the input may change, all steps are done at once.
 */
export function* takePayload(
  input: unknown,
  { isOwner = false, keep, decrypted }: Taking = {},
): Generator<void, TakenPayload> {
  const findings = startFindings();
  const record = readRecord(input);
  const isMap = record !== null && !isResponse(record);
  const fields: Fields = isMap || record === null ? new Map() : record;
  const encrypted = payloadFields.filter((field) =>
    readText(findings, fields, encryptedFields[field]) !== ""
  );
  const dateUpdated = readText(findings, fields, "dateUpdated");
  const hasFailed = tellFailure(findings, fields);
  for (const field of encrypted) tellEncrypted(findings, field, decrypted);
  if (record === null) {
    const shown = showValue(input);
    const message = `Cannot read the payload: the current value is ${shown}`;
    report(findings, wholePayload, "not-a-payload", message);
  } else if (
    !isMap && !hasFailed && !encrypted.includes("features") &&
    (fields.get("features") ?? null) === null
  ) {
    const message = "Cannot find the features: the current value is undefined";
    report(findings, placeOf("features"), "missing-field", message);
  }
  const copier = createCopier();
  const payload: { [name: string]: JsonValue } = {};
  for (const field of payloadFields) {
    const isWhole = isMap && field === "features";
    const plain = encrypted.includes(field)
      ? decrypted?.[field]?.value
      : undefined;
    const items = isWhole
      ? record
      : listItems(findings, field, plain ?? fields.get(field));
    // Features are there in any case.
    if (items === null && field !== "features") continue;
    const isOwned = isOwner || plain !== undefined;
    const taker = { copier, findings, isOwned, keep };
    const place = isWhole ? wholePayload : placeOf(field);
    payload[field] = yield* takeEntries(taker, field, items ?? [], place);
  }
  if (dateUpdated !== "") payload["dateUpdated"] = dateUpdated;
  return {
    payload: Object.freeze(payload) as unknown as Payload,
    findings,
    encrypted,
    isMap,
  };
}

/** Gives what was taken as a payload, and what is wrong with it. */
export function closePayload(
  { payload, findings }: TakenPayload,
): ParsedPayload {
  return { payload, issues: listIssues(findings) };
}

/** Reads a text; empty where there is none. */
function readText(findings: Findings, fields: Fields, name: string): string {
  const text = fields.get(name) ?? "";
  if (typeof text === "string") return text;
  reportType(findings, placeOf(name), name, "a string", text);
  return "";
}

/** Reports an answer that tells of a failure; false where it tells of none. */
function tellFailure(findings: Findings, fields: Fields): boolean {
  const status = fields.get("status");
  const error = fields.get("error");
  const isFailure = typeof status === "number" &&
    !(status >= 200 && status < 300);
  const isTold = typeof error === "string";
  if (!isFailure && !isTold) return false;
  const told = isTold ? `, the error ${showValue(error)}` : "";
  const shown = showValue(status);
  const message =
    `Cannot take an error for a payload: the status is ${shown}${told}`;
  const place = placeOf(isFailure ? "status" : "error");
  report(findings, place, "error-response", message);
  return true;
}

/** Reports an encrypted field, unless it is decrypted. */
function tellEncrypted(
  findings: Findings,
  field: PayloadField,
  decrypted: DecryptedFields | undefined,
): void {
  const name = encryptedFields[field];
  const place = placeOf(name);
  if (decrypted === undefined) {
    const message =
      `Cannot read ${name} without a decryptionKey: the current value is encrypted`;
    return report(findings, place, "encrypted", message, "warning");
  }
  const { value, reason = "what decrypts could not be loaded" } =
    decrypted[field] ?? {};
  if (value !== undefined) return;
  const message = `Cannot decrypt ${name}: ${reason}`;
  report(findings, place, "decryption-failed", message);
}

/** Lists the definitions of a field, and reports what is no container of such; null where there are none. */
function listItems(
  findings: Findings,
  field: PayloadField,
  value: unknown,
): Items | null {
  if (value === undefined || value === null) return null;
  const isList = field === "experiments";
  const items = isList ? readList(value) : readRecord(value);
  if (items === null) {
    const expected = isList ? "an array" : "an object";
    reportType(findings, placeOf(field), field, expected, value);
  }
  return items;
}

function placeOf(field: string): Place {
  return placeAt(wholePayload, field);
}
