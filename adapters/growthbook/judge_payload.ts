import { layPayload } from "../../core/payload/reconcile/lay_payload.ts";
import { payloadFields } from "../../core/payload/read/payload_fields.ts";
import { finish } from "../../core/support/finish.ts";
import type { Payload } from "../../core/types/payload.ts";
import { dateDifference } from "../sources/payload_date.ts";

/** What a payload is to the one before it. */
export interface PayloadJudgement {
  /**
   * Something `new`, the `same`, `older`, or `overtaken`: it may be older, for it was asked for
   * before the last one was pushed.
   */
  readonly verdict: "new" | "same" | "older" | "overtaken";
  /** The payload, which shares with the one before what is the same in both. */
  readonly payload: Payload;
}

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
 * assertEquals(judgePayload(one, two, true, now).verdict, "new");
 * assertEquals(judgePayload(two, one, false, now).verdict, "older");
 * ```
 */
export function judgePayload(
  previous: Payload | null,
  next: Payload,
  isEarlier: boolean,
  now: number,
): PayloadJudgement {
  return finish(judgeInTurns(previous, next, isEarlier, now));
}

/** Does what {@linkcode judgePayload} does, a definition at a step. */
export function* judgeInTurns(
  previous: Payload | null,
  next: Payload,
  isEarlier: boolean,
  now: number,
): Generator<void, PayloadJudgement> {
  if (previous === null) return { verdict: "new", payload: next };
  const payload = yield* layPayload(previous, next);
  const isSame = payloadFields.every((field) =>
    hasSameEntries(previous[field], payload[field])
  );
  if (isSame) return { verdict: "same", payload };
  const difference = dateDifference(next, previous, now);
  if (difference > 0) return { verdict: "new", payload };
  if (difference < 0) return { verdict: "older", payload };
  return { verdict: isEarlier ? "overtaken" : "new", payload };
}

// Entries that are the same are the same objects, and their order says nothing.
function hasSameEntries(before: object = {}, after: object = {}): boolean {
  const entries = Object.entries(before);
  return entries.length === Object.keys(after).length &&
    entries.every(([name, entry]) =>
      entry === after[name as keyof typeof after]
    );
}
