import { payloadDigest } from "../../core/payload/payload_digest.ts";
import type { Payload } from "../../core/types/payload.ts";

// Payloads are immutable and their digest is always the same, so this can't be seen.
const digests = new WeakMap<Payload, string>();

/** Gives the digest of a payload, computed once for each. */
export function digestOf(payload: Payload): string {
  let digest = digests.get(payload);
  if (digest === undefined) {
    digests.set(payload, digest = payloadDigest(payload));
  }
  return digest;
}
