import type { JsonValue } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import type {
  PayloadIssueCode,
  PayloadIssueSeverity,
} from "../../types/payload_issue.ts";
import { startCopier } from "./copier.ts";
import {
  type Findings,
  listIssues,
  report,
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
  /** The texts of the fields that are there encrypted. */
  readonly encrypted: ReadonlyMap<PayloadField, string>;
  /** Whether it is a bare map of features. */
  readonly isMap: boolean;
}

/** How the input of a payload is taken; what is wrong with it is added to the findings. */
export type Taking = Partial<Pick<Taker, "isOwner" | "keep" | "findings">>;

type Fields = ReadonlyMap<string, unknown>;

/** Reports what is wrong with a field; with the whole where its name is empty. */
type Tell = (
  name: string,
  code: PayloadIssueCode,
  message: string,
  severity?: PayloadIssueSeverity,
) => void;

/**
 * Takes the input of a payload: copies its definitions, one at a step, and leaves out and reports what can't
 * be used. Where the input may change, all steps are done at once.
 */
export function* takePayload(
  input: unknown,
  { isOwner = false, keep, findings = startFindings() }: Taking = {},
): Generator<void, TakenPayload> {
  const tell: Tell = (name, ...finding) =>
    report(findings, name === "" ? wholePayload : fieldAt(name), ...finding);
  const record = readRecord(input);
  const isMap = record !== null && !isResponse(record);
  const fields: Fields = isMap || record === null ? new Map() : record;
  const encrypted = new Map<PayloadField, string>();
  for (const field of payloadFields) {
    const text = readText(tell, fields, encryptedFields[field]);
    if (text !== "") encrypted.set(field, text);
  }
  const dateUpdated = readText(tell, fields, "dateUpdated");
  const hasFailed = reportFailure(tell, fields);
  reportEncrypted(tell, encrypted);
  if (record === null) {
    const shown = showValue(input);
    tell(
      "",
      "not-a-payload",
      `Cannot read the payload: the current value is ${shown}`,
    );
  } else if (
    !isMap && !hasFailed && !encrypted.has("features") &&
    (fields.get("features") ?? null) === null
  ) {
    const message = "Cannot find the features: the current value is undefined";
    tell("features", "missing-field", message);
  }
  const taker = { findings, copier: startCopier(), isOwner, keep };
  const payload: { [name: string]: JsonValue } = {};
  for (const field of payloadFields) {
    const isWhole = isMap && field === "features";
    const items = isWhole ? record : listItems(tell, field, fields.get(field));
    // Features are there in any case.
    if (items === null && field !== "features") continue;
    const place = isWhole ? wholePayload : fieldAt(field);
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

function fieldAt(name: string): Place {
  return placeAt(wholePayload, name);
}

function tellType(
  tell: Tell,
  name: string,
  expected: string,
  value: unknown,
): void {
  tell(
    name,
    "wrong-type",
    `Cannot use ${name}, which should be ${expected}: the current value is ${
      showValue(value)
    }`,
  );
}

/** Reads a text; empty where there is none. */
function readText(tell: Tell, fields: Fields, name: string): string {
  const text = fields.get(name) ?? "";
  if (typeof text === "string") return text;
  tellType(tell, name, "a string", text);
  return "";
}

/** Reports an answer that tells of a failure; false where it tells of none. */
function reportFailure(tell: Tell, fields: Fields): boolean {
  const status = fields.get("status");
  const error = fields.get("error");
  const isFailure = typeof status === "number" &&
    !(status >= 200 && status < 300);
  if (!isFailure && typeof error !== "string") return false;
  const told = typeof error === "string"
    ? `, the error ${showValue(error)}`
    : "";
  tell(
    isFailure ? "status" : "error",
    "error-response",
    `Cannot take an error for a payload: the status is ${
      showValue(status)
    }${told}`,
  );
  return true;
}

function reportEncrypted(
  tell: Tell,
  encrypted: ReadonlyMap<PayloadField, string>,
): void {
  for (const field of encrypted.keys()) {
    const name = encryptedFields[field];
    tell(
      name,
      "encrypted",
      `Cannot read ${name} without its key, use decryptPayload: the current value is encrypted`,
      "warning",
    );
  }
}

/** Lists the definitions of a field, and reports what is no container of such; null where there are none. */
function listItems(
  tell: Tell,
  field: PayloadField,
  value: unknown,
): Items | null {
  if (value === undefined || value === null) return null;
  const isList = field === "experiments";
  const items = isList ? readList(value) : readRecord(value);
  if (items === null) {
    tellType(tell, field, isList ? "an array" : "an object", value);
  }
  return items;
}
