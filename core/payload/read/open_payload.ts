import { startCopier } from "./copier.ts";
import { type Findings, report, startFindings } from "./findings.ts";
import { isResponse } from "./is_response.ts";
import {
  type OpenedField,
  openEntries,
  openField,
  type Reading,
  readRecord,
} from "./open_field.ts";
import {
  encryptedFields,
  type PayloadField,
  payloadFields,
} from "./payload_fields.ts";
import { placeAt, wholePayload } from "./place.ts";
import { showValue } from "./show_value.ts";

/** The input of a payload, read and taken apart. */
export interface OpenedPayload {
  /** What is wrong with the whole. */
  readonly findings: Findings;
  /** The fields that are there in plain. */
  readonly fields: Map<PayloadField, OpenedField>;
  /** The texts of those that are there encrypted. */
  readonly encrypted: Map<PayloadField, string>;
  /** When it was updated. */
  readonly dateUpdated: string | undefined;
  /** Whether it is a bare map of features. */
  readonly isMap: boolean;
  /** Whether features have to be there. */
  readonly needsFeatures: boolean;
}

/**
 * Reads the input of a payload, a definition at a step. Where it may change, all steps are done at
 * once; `isOwner` says that no other code holds it, and that it came from `JSON.parse`.
 */
export function* openPayload(
  input: unknown,
  isOwner: boolean = false,
): Generator<void, OpenedPayload> {
  const findings = startFindings();
  const reading = { copier: startCopier(), isOwner };
  const record = readRecord(input);
  if (record !== null && isResponse(record)) {
    return yield* openResponse(reading, findings, record);
  }
  const fields = new Map<PayloadField, OpenedField>();
  if (record === null) {
    report(
      findings,
      wholePayload,
      "not-a-payload",
      `Cannot read the payload: the current value is ${showValue(input)}`,
    );
  } else {
    fields.set(
      "features",
      yield* openEntries(reading, "features", record, wholePayload),
    );
  }
  return {
    findings,
    fields,
    encrypted: new Map(),
    dateUpdated: undefined,
    isMap: record !== null,
    needsFeatures: false,
  };
}

function* openResponse(
  reading: Reading,
  findings: Findings,
  record: ReadonlyMap<string, unknown>,
): Generator<void, OpenedPayload> {
  const fields = new Map<PayloadField, OpenedField>();
  const encrypted = new Map<PayloadField, string>();
  for (const field of payloadFields) {
    const place = placeAt(wholePayload, field);
    const opened = yield* openField(reading, field, record.get(field), place);
    if (opened !== null) fields.set(field, opened);
    const text = readText(findings, record, encryptedFields[field]);
    if (text !== "") encrypted.set(field, text);
  }
  return {
    findings,
    fields,
    encrypted,
    dateUpdated: readText(findings, record, "dateUpdated") || undefined,
    isMap: false,
    needsFeatures: !reportFailure(findings, record),
  };
}

/** Reads a text; empty where there is none. */
function readText(
  findings: Findings,
  record: ReadonlyMap<string, unknown>,
  name: string,
): string {
  const text = record.get(name) ?? "";
  if (typeof text === "string") return text;
  report(
    findings,
    placeAt(wholePayload, name),
    "wrong-type",
    `Cannot use ${name}, which should be a string: the current value is ${
      showValue(text)
    }`,
  );
  return "";
}

/** Reports an answer that tells of a failure; false where it tells of none. */
function reportFailure(
  findings: Findings,
  record: ReadonlyMap<string, unknown>,
): boolean {
  const status = record.get("status");
  const error = record.get("error");
  const isFailure = typeof status === "number" &&
    !(status >= 200 && status < 300);
  if (!isFailure && typeof error !== "string") return false;
  const name = isFailure ? "status" : "error";
  const told = typeof error === "string"
    ? `, the error ${showValue(error)}`
    : "";
  report(
    findings,
    placeAt(wholePayload, name),
    "error-response",
    `Cannot take an error for a payload: the status is ${
      showValue(status)
    }${told}`,
  );
  return true;
}
