import { decryptPayload } from "../../core/payload/decrypt_payload.ts";
import { parsePayload } from "../../core/payload/parse_payload.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import { createFailure } from "./http/create_failure.ts";
import type { LinkFailure } from "./link/link_state.ts";
import { redactFailure } from "./redact_failure.ts";

/** What an answer turned out to be. */
export type ReadAnswer =
  | { readonly kind: "payload"; readonly payload: Payload }
  | { readonly kind: "refused"; readonly failure: LinkFailure };

/** What reading an answer takes. */
export interface AnswerKeys {
  /** The key to decrypt with. */
  readonly decryptionKey?: string | undefined;
  /** What must not be part of a failure. */
  readonly secrets?: readonly string[];
}

/** Reads an answer of the API, decrypting it where there is a key. Never rejects. */
export async function readAnswer(
  body: string,
  task: string,
  { decryptionKey, secrets = [] }: AnswerKeys,
): Promise<ReadAnswer> {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    // Without the reason: it quotes the text.
    const failure = createFailure("not-json", task, "the answer is not JSON");
    return { kind: "refused", failure };
  }
  const { payload, issues } = decryptionKey === undefined
    ? parsePayload(input)
    : await decryptPayload(input, decryptionKey);
  const fatal = issues.find(isFatal);
  if (fatal === undefined) return { kind: "payload", payload };
  const { code, message } = fatal;
  const failure = { code, message, issues, retryAfter: null };
  return { kind: "refused", failure: redactFailure(failure, secrets) };
}

/** Whether an issue makes the whole of a payload unfit to take the place of a good one. */
function isFatal({ code, path }: PayloadIssue): boolean {
  switch (code) {
    case "not-a-payload":
    case "error-response":
    case "too-large":
    case "encrypted":
    case "decryption-failed":
      return true;
    case "missing-field":
    case "wrong-type":
      return path === "/features";
    default:
      return false;
  }
}
