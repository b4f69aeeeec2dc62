/**
 * What is wrong with a payload: weights that don't sum to 1, prerequisites that are missing or go round
 * in circles, conditions that never hold, patterns that take long, and so on. Nothing of it is needed to
 * evaluate a payload, so it is an import of its own.
 *
 * @module
 */

export { lintPayload } from "./lint_payload.ts";
export type { Payload } from "../types/payload.ts";
export type {
  PayloadIssue,
  PayloadIssueCode,
  PayloadIssueSeverity,
} from "../types/payload_issue.ts";
