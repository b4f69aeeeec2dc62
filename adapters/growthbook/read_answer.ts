import type { Payload } from "../../core/types/payload.ts";
import {
  isAnswer,
  isFatalIssue,
  noFeatures,
  readPayload,
} from "../sources/read_payload.ts";
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
  const { payload, issues } = await readPayload(input, decryptionKey);
  // A bare map of features is no answer: what else a gateway has to say would be one.
  const fatal = issues.find(isFatalIssue) ??
    (isAnswer(input) ? undefined : noFeatures);
  if (fatal === undefined) return { kind: "payload", payload };
  const { code, message } = fatal;
  const failure = { code, message, issues, retryAfter: null };
  return { kind: "refused", failure: redactFailure(failure, secrets) };
}
