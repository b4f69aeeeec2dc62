import { v5 } from "uuid";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { valueText } from "./value_text.ts";

/** What tells one exposure from another, in two parts, each of at most 64 characters. */
export interface ExposureKey {
  /** The user: attribute and value. `erase` finds a user's marks by it. */
  readonly user: string;
  /** What the user was shown: experiment, phase and variation. */
  readonly shown: string;
}

/** Texts that are longer are kept as a hash. */
const longest = 64;

// Names our hashes, so that no other library makes the same. Any UUID would do.
const namespace = "7f2d6a52-5b0c-4e0a-9d0e-7b1f3c0f6a11";

/**
 * Gives the key by which a store keeps an exposure once; null for an event that is none. It is made of
 * the event's `hashAttribute`, `hashValue`, `experimentKey`, `phase` and `variationId` alone, so it is
 * the same in every process. A part of more than 64 characters is a hash (a UUID of version 5, RFC
 * 9562), so that no input can fill a store with long keys.
 *
 * @example
 * ```ts
 * import { exposureKey } from "./exposure_key.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const data = { hashAttribute: "id", hashValue: "7", experimentKey: "cta", variationId: 1 };
 * const event = { id: "1", time: 0, type: "experiment.viewed", version: 1, data };
 * assertEquals(exposureKey(event), { user: '["id","7"]', shown: '["cta",null,1]' });
 * assertEquals(exposureKey({ ...event, type: "custom" }), null);
 * ```
 */
export function exposureKey({ type, data }: NewEvent): ExposureKey | null {
  if (type !== "experiment.viewed") return null;
  const {
    hashAttribute: attribute,
    hashValue: value,
    experimentKey: experiment,
    phase,
    variationId: variation,
  } = data;
  if (typeof attribute !== "string" || typeof experiment !== "string") {
    return null;
  }
  if (typeof variation !== "number") return null;
  return {
    user: userKey(attribute, value),
    shown: shorten(JSON.stringify([
      experiment,
      typeof phase === "string" ? phase : null,
      variation,
    ])),
  };
}

/**
 * Gives the part of an exposure's key that stands for a user. A number, a boolean and their texts are
 * one user, since they fall into the same bucket.
 */
export function userKey(attribute: string, value: unknown): string {
  return shorten(JSON.stringify([attribute, valueText(value)]));
}

function shorten(text: string): string {
  return text.length <= longest ? text : v5(text, namespace);
}
