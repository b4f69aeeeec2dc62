import type { Payload } from "../../types/payload.ts";
import type { PayloadIssue } from "../../types/payload_issue.ts";

/** A payload that can be evaluated, and what is wrong with it. */
export interface ParsedPayload<Features extends object = object> {
  /** What could be used, frozen all the way down. */
  readonly payload: Payload<Features>;
  /** What is wrong; what keeps something from being used comes first. */
  readonly issues: readonly PayloadIssue[];
}
