import { bytesToBase64 } from "../../../support/http/redact_text.ts";

/** What signs requests. */
export type SignRequest = (
  body: string,
  time: number,
) => Promise<{ readonly [header: string]: string }>;

const encoder = new TextEncoder();

/**
 * Gives a function that makes the headers which let a receiver know that a request is real: an id, the
 * time of sending in seconds, and for each secret an HMAC-SHA-256 over `id.time.body`. The id is a
 * digest of the body, so a repetition of the same batch has the same one.
 *
 * Source: the Standard Webhooks specification, https://www.standardwebhooks.com
 */
export function createSigner(secrets: readonly string[]): SignRequest {
  let keys: Promise<readonly CryptoKey[]> | null = null;
  return async (body, time) => {
    keys ??= Promise.all(secrets.map(importSecret));
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(body));
    const id = `msg_${hex(new Uint8Array(digest, 0, 16))}`;
    const timestamp = String(Math.floor(time / 1_000));
    const content = encoder.encode(`${id}.${timestamp}.${body}`);
    const signatures = (await keys).map(async (key) => {
      const signature = await crypto.subtle.sign("HMAC", key, content);
      return `v1,${bytesToBase64(new Uint8Array(signature))}`;
    });
    return {
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": (await Promise.all(signatures)).join(" "),
    };
  };
}

/** Reads the bytes of a secret: base64 behind `whsec_`, as the specification has it, or else its text. */
export function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  if (!secret.startsWith("whsec_")) return encoder.encode(secret);
  return Uint8Array.from(atob(secret.slice(6)), (byte) => byte.charCodeAt(0));
}

function importSecret(secret: string): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", secretBytes(secret), algorithm, false, [
    "sign",
  ]);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}
