import type { JsonArray, JsonObject } from "../types/json.ts";
import {
  type PayloadIssueCode,
  payloadWarningCodes,
} from "../types/payload_issue.ts";
import { type Findings, report } from "../payload/read/findings.ts";
import { isArray } from "../support/is_record.ts";
import type { Place } from "../payload/read/place.ts";

/** What the checks of one payload carry along. */
export interface Inspection {
  /** Where issues go. */
  readonly findings: Findings;
  /** The features that are there; null when they are not known, being encrypted. */
  readonly features: JsonObject | null;
  /** The saved groups that are there; null when they are not known. */
  readonly savedGroups: JsonObject | null;
  /** The contextual bandits that are there; null when they are not known. */
  readonly contextualBandits: JsonObject | null;
  /** How many weights the leaves of each bandit have, in as far as they differ. */
  readonly banditSizes: Map<string, readonly number[]>;
  /** Whether a list of prerequisites has one that is a gate. */
  readonly gates: Map<JsonArray, boolean>;
  /** The first experiment of each key. */
  readonly experiments: Map<string, KnownExperiment>;
  /** Which definition asks for which feature. */
  readonly parents: Reference[];
  /** Which condition asks for which saved group. */
  readonly groups: Reference[];
  /** How many conditions and expectations the parts of conditions come to. */
  readonly parts: Map<object, number>;
  /** The containers that were checked. */
  readonly seen: Set<object>;
  /** How much may be checked again because it stands in several places. */
  allowance: number;
}

/** An experiment, to be compared with others of its key. */
export interface KnownExperiment {
  /** Where it stands. */
  readonly place: Place;
  /** Its variations. */
  readonly variations: JsonArray;
}

/** A feature or group that is asked for. */
export interface Reference {
  /** The feature or group that asks; null for anything else. */
  readonly from: string | null;
  /** The key of the feature, or the id of the group, that is asked for. */
  readonly to: string;
  /** How many levels of nesting the reference adds. */
  readonly levels: number;
  /** Where it asks. */
  readonly place: Place;
}

/** Starts checking a payload, of which some parts may not be known. */
export function startInspection(
  findings: Findings,
  known: Pick<Inspection, "features" | "savedGroups" | "contextualBandits">,
): Inspection {
  return {
    ...known,
    findings,
    banditSizes: new Map(),
    gates: new Map(),
    experiments: new Map(),
    parents: [],
    groups: [],
    parts: new Map(),
    seen: new Set(),
    allowance: 1_000_000,
  };
}

/** Adds an issue. */
export function tell(
  inspection: Inspection,
  place: Place,
  code: PayloadIssueCode,
  message: string,
): void {
  const severity = warningCodes.has(code) ? "warning" : "error";
  report(inspection.findings, place, code, message, severity);
}

const warningCodes: ReadonlySet<string> = /* @__PURE__ */ new Set(
  payloadWarningCodes,
);

/**
 * Tells whether a container is to be checked: the first time always, and where it stands in
 * further places as long as the allowance lasts. Objects that share others, doubled a few dozen
 * times over, would otherwise take forever.
 */
export function isDue(
  inspection: Inspection,
  container: JsonArray | JsonObject,
): boolean {
  const { seen, allowance } = inspection;
  if (!seen.has(container)) {
    seen.add(container);
    return true;
  }
  return allowance > 0 && spend(
    inspection,
    1 + (isArray(container) ? container.length : Object.keys(container).length),
  );
}

/** Takes from the allowance; false once it is used up. */
export function spend(inspection: Inspection, amount: number): boolean {
  inspection.allowance -= amount;
  return inspection.allowance >= 0;
}
