import { payloadDigest } from "../../../core/payload/reconcile/payload_digest.ts";
import { getOrMake } from "../../../core/support/get_or_make.ts";
import { stickyAttributes } from "../../../core/sticky/sticky_attributes.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** What is known of payloads, found once for each and forgotten with it. */
export interface PayloadKnowledge {
  /** The attributes by which the experiments of a payload know users; none without a payload. */
  readonly identifiers: (payload: Payload | null) => readonly string[];
  /** The digest of a payload; undefined without one. */
  readonly digest: (payload: Payload | null) => string | undefined;
}

/** Makes a memory of what is known of payloads. */
export function createPayloadKnowledge(): PayloadKnowledge {
  const identifiers = remember(stickyAttributes);
  const digest = remember(payloadDigest);
  return {
    identifiers: (payload) => payload === null ? [] : identifiers(payload),
    digest: (payload) => payload === null ? undefined : digest(payload),
  };
}

function remember<Found extends NonNullable<unknown>>(
  find: (payload: Payload) => Found,
): (payload: Payload) => Found {
  const known = new WeakMap<Payload, Found>();
  return (payload) => getOrMake(known, payload, find);
}
