import { payloadFields } from "../../core/payload/read/payload_fields.ts";
import { sameJson } from "../../core/payload/reconcile/same_json.ts";
import type { Payload } from "../../core/types/payload.ts";
import { dateDifference } from "../sources/payload_date.ts";

/**
 * What a payload is to the one before it: something `new`, the `same`, `older`, or `overtaken`: it may be
 * older, for it was asked for before the last one was pushed.
 */
export type Verdict = "new" | "same" | "older" | "overtaken";

/**
 * Judges a payload by the one before it. The dates decide where both have one that can be believed at
 * the time `now`, in milliseconds since 1970, and they differ; otherwise the order does: `isEarlier`
 * says that this one was asked for before the last was pushed. Two payloads that differ in nothing but
 * the date are the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const now = Date.parse("2026-02-01T00:00:00Z");
 * const one = { features: {}, dateUpdated: "2026-01-01T00:00:00Z" };
 * const two = { features: { dark: {} }, dateUpdated: "2026-01-02T00:00:00Z" };
 * assertEquals(judgePayload(one, two, true, now), "new");
 * assertEquals(judgePayload(two, one, false, now), "older");
 * ```
 */
export function judgePayload(
  previous: Payload | null,
  next: Payload,
  isEarlier: boolean,
  now: number,
): Verdict {
  if (previous === null) return "new";
  const isSame = payloadFields.every((field) =>
    hasSameEntries(previous[field], next[field])
  );
  if (isSame) return "same";
  const difference = dateDifference(next, previous, now);
  if (difference > 0) return "new";
  if (difference < 0) return "older";
  return isEarlier ? "overtaken" : "new";
}

// Their order says nothing. Most entries that are the same are the same objects. `__proto__` is a name like
// any other, of which there may be none.
function hasSameEntries(before: object = {}, after: object = {}): boolean {
  const entries = Object.entries(before);
  const others = new Map(Object.entries(after));
  return entries.length === others.size &&
    entries.every(([name, entry]) => sameJson(entry, others.get(name)));
}
