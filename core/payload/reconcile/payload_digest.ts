import type { Payload } from "../../types/payload.ts";

/**
 * Gives a short text that stands for what a payload says: 16 hexadecimal digits. Payloads with the
 * same definitions, written in the same order, have the same one, whatever their `dateUpdated`;
 * two others share one by a chance of 1 in 2^64. It guards against mix-ups, not against someone who
 * looks for two payloads with one digest.
 *
 * The payload must have come from `parsePayload`, as every payload should: what is no JSON, or nests
 * beyond what that lets through, may make it throw.
 *
 * Source: 64-bit FNV-1a over the UTF-16 code units of the JSON text (Fowler, Noll, Vo, "FNV hash").
 *
 * @example
 * ```ts
 * import { payloadDigest } from "@growthstream/sdk";
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * const features = { banner: { defaultValue: true } };
 * const digest = payloadDigest({ features });
 * assertEquals(digest, payloadDigest({ features, dateUpdated: "2026-01-01" }));
 * assertNotEquals(digest, payloadDigest({ features: {} }));
 * ```
 */
export function payloadDigest(payload: Payload): string {
  const { features, savedGroups, contextualBandits, experiments } = payload;
  const text = JSON.stringify([
    features,
    savedGroups ?? {},
    contextualBandits ?? {},
    experiments ?? [],
  ]);
  return hashText(text);
}

// The state in two halves of 32 bits: JavaScript multiplies 32 by 32 bits, and keeps what is above
// only where it is asked in parts. The prime is 2^40 + 0x1b3.
function hashText(text: string): string {
  let high = 0xcbf29ce4 | 0;
  let low = 0x84222325 | 0;
  for (let index = 0; index < text.length; index++) {
    low ^= text.charCodeAt(index);
    const lower = (low & 0xffff) * 0x1b3;
    const upper = (low >>> 16) * 0x1b3 + (lower >>> 16);
    high = (Math.imul(high, 0x1b3) + (low << 8) + (upper >>> 16)) | 0;
    low = ((upper & 0xffff) << 16) | (lower & 0xffff);
  }
  return toHex(high) + toHex(low);
}

function toHex(half: number): string {
  return (half >>> 0).toString(16).padStart(8, "0");
}
