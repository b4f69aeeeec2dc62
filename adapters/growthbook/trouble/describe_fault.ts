import { longestRetryAfter } from "../../support/time/longest_retry_after.ts";
import type { Endpoint } from "../endpoint.ts";
import type { LinkFailure } from "../link/link_state.ts";
import { listSecrets, redactFailure } from "./redact_failure.ts";
import { createFailure } from "./create_failure.ts";
import type { Cause, Fault } from "../http/fault.ts";

/** Puts a fault into words. A server may repeat a key in a payload that is refused: it is taken out. */
export function describeFault(
  endpoint: Endpoint,
  task: string,
  fault: Fault,
): LinkFailure {
  if (fault.cause === "told") {
    return createFailure(fault.code, task, fault.reason, fault.retryAfter);
  }
  if (fault.cause === "refused") {
    const { fatal: { code, message }, issues } = fault;
    const refused = { code, message, issues, retryAfter: null };
    return redactFailure(refused, listSecrets(endpoint));
  }
  if (fault.cause === "stream-ended") {
    const message = "The server keeps ending the stream at once";
    return { code: fault.cause, message, issues: [], retryAfter: null };
  }
  const [code, reason] = describeCause(fault.cause, endpoint);
  // Regular requests take over at once, because another attempt would go the same way.
  const retryAfter = fault.cause === "stream-whole" ? longestRetryAfter : null;
  return createFailure(code, task, reason, retryAfter);
}

/** A code for programs, and a reason for people. */
type Words = readonly [code: string, reason: string];

function describeCause(
  cause: Exclude<Cause, "stream-ended">,
  { maxBytes, silence, timeout }: Endpoint,
): Words {
  const words: { readonly [Each in typeof cause]: Words } = {
    "timeout": ["timeout", `it took longer than ${timeout} ms`],
    "unreachable": [
      "network",
      "the server can't be reached, or gave no plain answer",
    ],
    "stopped": ["network", "it was stopped"],
    "answer-unreadable": ["network", "the answer can't be read"],
    "answer-broken": ["network", "the answer broke off"],
    "answer-too-large": [
      "too-large",
      `the answer is larger than ${maxBytes} bytes`,
    ],
    "answer-cut": ["not-json", "the answer is not UTF-8"],
    "answer-not-utf8": ["not-json", "the answer is not UTF-8"],
    "not-json": ["not-json", "the answer is not JSON"],
    "unchanged": ["http-304", "the answer has the status 304"],
    "unconfirmed": ["http-304", "the server confirmed what it never gave"],
    "attribute": ["not-json", "an attribute is no JSON"],
    "stream-code": ["network", "its code could not be loaded"],
    "stream-whole": ["no-stream", "`fetch` gives no answer before its end"],
    "stream-silent": ["silence", `nothing came for ${silence} ms`],
    "stream-broken": ["network", "the connection broke"],
    "stream-too-large": [
      "too-large",
      `an event is larger than ${maxBytes} characters`,
    ],
    "stream-not-utf8": ["not-utf8", "it sent what is not UTF-8"],
  };
  return words[cause];
}
