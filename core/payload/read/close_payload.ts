import type { AutoExperiment } from "../../types/auto_experiment.ts";
import type { ContextualBandits } from "../../types/contextual_bandit.ts";
import type { FeatureDefinitions } from "../../types/feature.ts";
import type { JsonObject, JsonValue } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import type { SavedGroups } from "../../types/saved_group.ts";
import { type Findings, listIssues, report } from "./findings.ts";
import { isRecord } from "../../support/is_record.ts";
import type { Entry, OpenedField } from "./open_field.ts";
import type { OpenedPayload } from "./open_payload.ts";
import type { ParsedPayload } from "./parsed_payload.ts";
import { type PayloadField, payloadFields } from "./payload_fields.ts";
import { placeAt, wholePayload } from "./place.ts";
import { setOwn } from "../../support/set_own.ts";
import { showValue } from "./show_value.ts";

/** What was read of a payload, put together. */
export interface TakenPayload {
  /** The definitions, each with its place. */
  readonly entries: PayloadEntries;
  /** The same by name. */
  readonly records: {
    readonly [Name in Exclude<PayloadField, "experiments">]: JsonObject;
  };
  /** All of it as a payload. */
  readonly payload: Payload;
}

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

/** Makes the payload of what was read. */
export function closePayload(opened: OpenedPayload): ParsedPayload {
  const { payload } = takePayload(opened);
  return { payload, issues: listIssues(opened.findings) };
}

/** Puts together what was read, and reports what is not as it should be. */
export function takePayload(opened: OpenedPayload): TakenPayload {
  const { findings, fields, dateUpdated } = opened;
  reportFaults(opened);
  const entries = {
    features: keepRecords(findings, fields.get("features"), "feature"),
    savedGroups: fields.get("savedGroups")?.entries ?? [],
    contextualBandits: fields.get("contextualBandits")?.entries ?? [],
    experiments: keepRecords(findings, fields.get("experiments"), "experiment"),
  };
  const records = {
    features: recordOf(entries.features),
    savedGroups: recordOf(entries.savedGroups),
    contextualBandits: recordOf(entries.contextualBandits),
  };
  // What is malformed in them is evaluated as it is.
  const payload: Mutable<Payload> = {
    features: records.features as unknown as FeatureDefinitions,
  };
  if (isThere(opened, "savedGroups")) {
    payload.savedGroups = records.savedGroups as unknown as SavedGroups;
  }
  if (isThere(opened, "contextualBandits")) {
    payload.contextualBandits = records
      .contextualBandits as unknown as ContextualBandits;
  }
  if (isThere(opened, "experiments")) {
    payload.experiments = Object.freeze(
      entries.experiments.map(({ value }) => value),
    ) as unknown as readonly AutoExperiment[];
  }
  if (dateUpdated !== undefined) payload.dateUpdated = dateUpdated;
  return { entries, records, payload: Object.freeze(payload) };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function isThere({ fields }: OpenedPayload, field: PayloadField): boolean {
  return fields.get(field)?.wrong === null;
}

function reportFaults(opened: OpenedPayload): void {
  const { findings, fields, encrypted, needsFeatures } = opened;
  if (needsFeatures && !fields.has("features") && !encrypted.has("features")) {
    report(
      findings,
      placeAt(wholePayload, "features"),
      "missing-field",
      "Cannot find the features: the current value is undefined",
    );
  }
  for (const field of payloadFields) {
    const { place, wrong, faults } = fields.get(field) ?? nothing;
    if (wrong !== null) {
      const expected = field === "experiments" ? "an array" : "an object";
      const message =
        `Cannot use ${field}, which should be ${expected}: the current value is ${wrong}`;
      report(findings, place, "wrong-type", message);
    }
    for (const fault of faults) {
      const kind = fault.code === "not-json" ? ", which is not JSON" : "";
      const message =
        `Cannot use the definition around this${kind}: ${fault.reason}`;
      report(findings, fault.place, fault.code, message);
    }
  }
}

const nothing: OpenedField = {
  place: wholePayload,
  entries: [],
  wrong: null,
  faults: [],
};

function keepRecords(
  findings: Findings,
  field: OpenedField | undefined,
  name: string,
): readonly Entry<JsonObject>[] {
  const kept: Entry<JsonObject>[] = [];
  for (const { place, value } of field?.entries ?? []) {
    if (isRecord(value)) kept.push({ place, value });
    else {
      const message =
        `Cannot use the ${name}, which should be an object: the current value is ${
          showValue(value)
        }`;
      report(findings, place, "wrong-type", message);
    }
  }
  return kept;
}

function recordOf(entries: readonly Entry[]): JsonObject {
  const record: { [name: string]: JsonValue } = {};
  for (const { place, value } of entries) setOwn(record, place.key, value);
  return Object.freeze(record);
}
