import { fnvOffset, foldText } from "../../../core/hash/fnv1a.ts";
import { hash } from "../../../core/hash/hash.ts";
import type { ExposureIdentity } from "../recording/decisions/exposure_marks.ts";

/**
 * Gives a short text that stands for an exposure, and names neither the user nor the experiment: what a
 * page may hold. The experiment counts by 32 bits, and the user by one of 10,000 buckets, which is enough
 * to tell two users of one browser apart, and too little to tell who it was.
 *
 * @example
 * ```ts
 * import { exposureFingerprint } from "./exposure_fingerprint.ts";
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * const shown = { attribute: "id", value: "7", experiment: "cta", phase: "1", variation: 0 };
 * assertEquals(exposureFingerprint(shown), exposureFingerprint({ ...shown }));
 * assertNotEquals(exposureFingerprint(shown), exposureFingerprint({ ...shown, value: "8" }));
 * assertNotEquals(exposureFingerprint(shown), exposureFingerprint({ ...shown, variation: 1 }));
 * ```
 */
export function exposureFingerprint(
  { attribute, value, experiment, phase, variation }: ExposureIdentity,
): string {
  const text = JSON.stringify([attribute, experiment, phase, variation]);
  const folded = foldText(fnvOffset, text) >>> 0;
  return `${folded.toString(36)}.${userFingerprint(value)}`;
}

/** Gives which of 10,000 buckets a user is in, by the value of the attribute that names the user. */
export function userFingerprint(value: unknown): number {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return hash("user", `${text}`, 2) ?? 0;
}
