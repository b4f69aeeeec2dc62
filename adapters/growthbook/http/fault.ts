import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import { inTime } from "../../support/time/in_time.ts";
import type { Endpoint } from "../endpoint.ts";
import type { LinkFailure } from "../link/link_state.ts";
import type { Trouble } from "../trouble/trouble.ts";

/** What can be wrong that needs no more than a word until it is described. */
export type Cause =
  | "timeout"
  | "unreachable"
  | "stopped"
  | "answer-unreadable"
  | "answer-broken"
  | "answer-too-large"
  | "answer-cut"
  | "answer-not-utf8"
  | "not-json"
  | "unchanged"
  | "unconfirmed"
  | "attribute"
  | "stream-code"
  | "stream-ended"
  | "stream-whole"
  | "stream-silent"
  | "stream-broken"
  | "stream-too-large"
  | "stream-not-utf8";

/** Why something failed, before it is put into words: those are loaded then. */
export type Fault =
  | { readonly cause: Cause }
  | {
    /** A payload was refused: by what stands in its way, and all that is wrong with it. */
    readonly cause: "refused";
    readonly fatal: PayloadIssue;
    readonly issues: readonly PayloadIssue[];
  }
  | {
    /** Code that was loaded tells what it is. */
    readonly cause: "told";
    readonly code: string;
    readonly reason: string;
    readonly retryAfter: number | null;
  };

/**
 * Loads what only a source in trouble needs, unless that takes as long as an answer may take. Gives null
 * where it can't be loaded. Never rejects.
 */
export async function loadTrouble(
  { trouble, timeout, clock }: Pick<Endpoint, "trouble" | "timeout" | "clock">,
): Promise<Trouble | null> {
  const wait = { what: "what trouble takes", timeout, clock };
  return trouble.loaded() ??
    await inTime(trouble.load, wait).catch(() => null);
}

/** Puts a fault into words: that `task` failed, and why, without secrets. Never rejects. */
export async function explainFault(
  endpoint: Endpoint,
  task: string,
  fault: Fault,
): Promise<LinkFailure> {
  const trouble = await loadTrouble(endpoint);
  return trouble?.describeFault(endpoint, task, fault) ?? {
    code: fault.cause === "refused" ? fault.fatal.code : "network",
    message: `Cannot ${task}: the code that tells why could not be loaded`,
    issues: [],
    retryAfter: null,
  };
}
