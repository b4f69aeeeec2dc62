import type {
  PayloadIssue,
  PayloadIssueCode,
  PayloadIssueSeverity,
} from "../../types/payload_issue.ts";
import { jsonPointer, type Place } from "./place.ts";
import { showValue } from "./show_value.ts";

/** How many issues are listed. A payload with more has one cause for most of them. */
const maxIssues = 1000;

/** What was found in a payload so far. */
export interface Findings {
  /** The issues that are listed. */
  readonly issues: PayloadIssue[];
  /** How many of those are warnings. */
  warnings: number;
  /** How many are not listed. */
  unlisted: number;
}

/** Starts a list of findings. */
export function startFindings(): Findings {
  return { issues: [], warnings: 0, unlisted: 0 };
}

/**
 * Adds an issue. Once the list is full an error takes the place of the last warning in it, and
 * anything else is only counted.
 */
export function report(
  findings: Findings,
  place: Place,
  code: PayloadIssueCode,
  message: string,
  severity: PayloadIssueSeverity = "error",
): void {
  const { issues } = findings;
  if (isFull(findings)) {
    findings.unlisted++;
    if (severity === "warning" || findings.warnings === 0) return;
    const isWarning = (issue: PayloadIssue) => issue.severity === "warning";
    issues.splice(issues.findLastIndex(isWarning), 1);
    findings.warnings--;
  }
  if (severity === "warning") findings.warnings++;
  const path = jsonPointer(place);
  issues.push(Object.freeze({ path, code, severity, message }));
}

/** Adds the issue that a value is of another type than expected. */
export function reportType(
  findings: Findings,
  place: Place,
  name: string,
  expected: string,
  value: unknown,
): void {
  const shown = showValue(value);
  const message =
    `Cannot use ${name}, which should be ${expected}: the current value is ${shown}`;
  report(findings, place, "wrong-type", message);
}

/** Tells whether there is no room for a warning. */
export function isFull({ issues }: Findings): boolean {
  return issues.length >= maxIssues;
}

/** Gives the list, closed by an issue that counts those which are not in it. */
export function listIssues(findings: Findings): readonly PayloadIssue[] {
  const { issues, unlisted } = findings;
  if (unlisted === 0) return Object.freeze(issues);
  const message =
    `Cannot list more than ${maxIssues} issues: there are ${unlisted} more`;
  const code = "too-many-issues";
  const severity = "warning";
  const rest = Object.freeze({ path: "", code, severity, message } as const);
  return Object.freeze([...issues, rest]);
}
