import { fewestRedacted, redactText } from "../../support/http/redact_text.ts";
import type { LinkFailure } from "../link/link_state.ts";

/**
 * Takes secrets out of a failure: a server may repeat a key in what it says is wrong, whole or, as
 * long values are cut, its beginning.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const failure = { code: "x", message: 'unknown key "sdk-abc1', issues: [], retryAfter: null };
 * assertEquals(redactFailure(failure, ["sdk-abc123"]).message, 'unknown key "[secret]');
 * ```
 */
export function redactFailure(
  failure: LinkFailure,
  secrets: readonly string[],
): LinkFailure {
  const redact = (text: string) => redactText(text, secrets);
  return {
    ...failure,
    message: redact(failure.message),
    issues: failure.issues.map((issue) => ({
      ...issue,
      path: redact(issue.path),
      message: redact(issue.message),
    })),
  };
}

/** Options with secrets in them. */
export interface SecretOptions {
  readonly clientKey: string;
  readonly decryptionKey: string | undefined;
  readonly headers: { readonly [name: string]: string };
  readonly streamingHeaders: { readonly [name: string]: string };
}

/** What of the options must not be shown, in the forms in which it may come back. */
export function listSecrets(
  { clientKey, decryptionKey, ...given }: SecretOptions,
): readonly string[] {
  const headers = [given.headers, given.streamingHeaders]
    .flatMap(Object.values<string>);
  const words = headers.flatMap((value) => value.split(/\s+/));
  const all = [
    clientKey,
    encodeURIComponent(clientKey),
    decryptionKey ?? "",
    ...headers,
    ...words,
  ];
  const known = new Set(
    all.filter((secret) => secret.length >= fewestRedacted),
  );
  // The longest first, so that one that is part of another doesn't leave the rest of it.
  return [...known].toSorted((left, right) => right.length - left.length);
}
