import { decryptPayload } from "../../core/payload/decrypt_payload.ts";
import { parsePayload } from "../../core/payload/parse_payload.ts";
import type { Payload } from "../../core/types/payload.ts";
import { createFailure } from "./http/create_failure.ts";
import type { LinkFailure } from "./link/link_state.ts";

/** What an answer turned out to be. */
export type ReadAnswer =
  | { readonly kind: "payload"; readonly payload: Payload }
  | { readonly kind: "refused"; readonly failure: LinkFailure };

/** Reads an answer of the API, decrypting it where there is a key. Never rejects. */
export async function readAnswer(
  body: string,
  task: string,
  decryptionKey: string | undefined,
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
  const fatal = issues.find(({ code, path }) =>
    code === "not-a-payload" || code === "error-response" ||
    code === "decryption-failed" || code === "encrypted" ||
    code === "missing-field" && path === "/features" ||
    code === "wrong-type" && path === "/features"
  );
  if (fatal === undefined) return { kind: "payload", payload };
  const { code, message } = fatal;
  return {
    kind: "refused",
    failure: { code, message, issues, retryAfter: null },
  };
}
