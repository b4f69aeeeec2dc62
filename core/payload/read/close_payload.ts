import type { JsonObject, JsonValue } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import { setOwn } from "../../support/set_own.ts";
import { listIssues, report } from "./findings.ts";
import type { Entry } from "./open_field.ts";
import type { OpenedPayload } from "./open_payload.ts";
import type { ParsedPayload } from "./parsed_payload.ts";
import {
  encryptedFields,
  type PayloadField,
  payloadFields,
} from "./payload_fields.ts";
import { placeAt, wholePayload } from "./place.ts";

/** The definitions of a payload. */
export interface PayloadEntries {
  /** The features. */
  readonly features: readonly Entry<JsonObject>[];
  /** The saved groups. */
  readonly savedGroups: readonly Entry[];
  /** The contextual bandits. */
  readonly contextualBandits: readonly Entry[];
  /** The auto experiments. */
  readonly experiments: readonly Entry<JsonObject>[];
}

/** What was read of a payload, put together. */
export interface TakenPayload {
  /** The definitions, each with its place. */
  readonly entries: PayloadEntries;
  /** All of it as a payload. */
  readonly payload: Payload;
}

/** Why encrypted fields could not be decrypted. */
export type DecryptionFailures = ReadonlyMap<PayloadField, string>;

/** Makes the payload of what was read. */
export function closePayload(
  opened: OpenedPayload,
  failures?: DecryptionFailures,
): ParsedPayload {
  const { payload } = takePayload(opened, failures);
  return { payload, issues: listIssues(opened.findings) };
}

/** Puts together what was read, and reports what is not as it should be. */
export function takePayload(
  opened: OpenedPayload,
  failures?: DecryptionFailures,
): TakenPayload {
  const { findings, fields, encrypted, dateUpdated, needsFeatures } = opened;
  reportEncrypted(opened, failures);
  if (needsFeatures && !fields.has("features") && !encrypted.has("features")) {
    report(
      findings,
      placeAt(wholePayload, "features"),
      "missing-field",
      "Cannot find the features: the current value is undefined",
    );
  }
  const all: { [Field in PayloadField]?: readonly Entry[] } = {};
  // What is malformed in them is evaluated as it is.
  const payload: { [name: string]: JsonValue } = {};
  for (const field of payloadFields) {
    const opened = fields.get(field);
    for (const finding of opened?.findings ?? []) report(findings, ...finding);
    const entries = all[field] = opened?.entries ?? [];
    if (!opened?.entries && field !== "features") continue;
    payload[field] = Object.freeze(
      field === "experiments"
        ? entries.map(({ value }) => value)
        : recordOf(entries),
    );
  }
  if (dateUpdated !== undefined) payload["dateUpdated"] = dateUpdated;
  return {
    entries: all as PayloadEntries,
    payload: Object.freeze(payload) as unknown as Payload,
  };
}

function reportEncrypted(
  { findings, encrypted }: OpenedPayload,
  failures?: DecryptionFailures,
): void {
  for (const field of encrypted.keys()) {
    const name = encryptedFields[field];
    const place = placeAt(wholePayload, name);
    const reason = failures?.get(field);
    if (reason === undefined) {
      const message =
        `Cannot read ${name} without its key, use decryptPayload: the current value is encrypted`;
      report(findings, place, "encrypted", message, "warning");
    } else {
      const message = `Cannot decrypt ${name}: ${reason}`;
      report(findings, place, "decryption-failed", message);
    }
  }
}

function recordOf(entries: readonly Entry[]): JsonObject {
  const record: { [name: string]: JsonValue } = {};
  for (const { place, value } of entries) setOwn(record, place.key, value);
  return record;
}
