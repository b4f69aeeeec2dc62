/** The fewest letters of a secret that are taken out; fewer may be there by chance. */
export const fewestRedacted = 6;

/**
 * Takes secrets out of a text: a server may repeat a key in what it says is wrong, whole or, as long
 * values are cut, its beginning. `secrets` are in the order of {@linkcode secretForms}.
 *
 * @example
 * ```ts
 * import { redactText } from "./redact_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(redactText('unknown key "sdk-abc1', ["sdk-abc123"]), 'unknown key "[secret]');
 * ```
 */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce(redactOne, text);
}

/**
 * Lists the forms in which secrets may come back, those of 6 letters or more, the longest first, so
 * that one that is part of another doesn't leave the rest of it.
 */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const all = secrets.flatMap((secret) => [
    secret,
    ...secret.split(/\s+/),
    encodeSafely(secret),
    base64(secret),
    base64(`${secret}:`),
  ]);
  const known = new Set(all.filter(({ length }) => length >= fewestRedacted));
  return [...known].toSorted((left, right) => right.length - left.length);
}

/** Writes the UTF-8 bytes of a text in base64. */
export function base64(text: string): string {
  return bytesToBase64(new TextEncoder().encode(text));
}

/** Writes bytes in base64. */
export function bytesToBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

// Half of a pair of surrogates can't be encoded.
function encodeSafely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return "";
  }
}

function redactOne(text: string, secret: string): string {
  let redacted = text;
  for (let length = secret.length; length >= fewestRedacted; length--) {
    redacted = redacted.replaceAll(secret.slice(0, length), "[secret]");
  }
  return redacted;
}
