import { checkList } from "../check_list.ts";
import { readOwn } from "../../support/read_own.ts";
import type { Payload } from "../../types/payload.ts";
import { readData } from "../types/read_data.ts";
import type { NewEvent } from "../types/recorded_event.ts";
import {
  type StickyDocuments,
  stickyDocuments,
} from "../projections/sticky_documents.ts";
import type { VerifiedDecision } from "./verified_decision.ts";
import { verifyDecision } from "./verify_decision.ts";

/** How to verify decisions. */
export interface VerifyOptions {
  /** A payload to decide by instead of the recorded one: what would change? */
  readonly payload?: Payload;
}

/**
 * Makes recorded decisions again, from what was recorded: an audit of the past; or, with another
 * payload, a look ahead: which users would change variation.
 *
 * `events` are those of a log in order, from its beginning where sticky buckets matter: these are
 * taken from `sticky-bucket.assigned`, and payloads from `payload.loaded`, where it carries them.
 * `payloads` are further ones, by digest. Gives an outcome for each `experiment.viewed` event whose
 * user takes part, one at a time, so that a log need not fit into memory; `summarizeDecisions` counts
 * users.
 *
 * How much of a user was recorded decides how much can be verified. The hash attribute always is. A
 * decision is unverifiable once it asks for an attribute that was not recorded, unless it is known
 * that there was none: at level `all`, or at level `decision` for an attribute that the recorded
 * decision asked for too. So the level `identity` is enough where a decision reads nothing else, and
 * a rule that applies before others are read makes these matter nothing.
 *
 * What a log does not hold is taken not to have been: variations and values forced for quality
 * assurance (they cause no exposure themselves, but a forced parent may lead to one) and the query
 * string that forces a variation. A user is compared by the key of the variation, which is the index
 * where the variation has none.
 *
 * @example
 * ```ts
 * import { verifyDecisions } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const event = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "experiment.viewed",
 *   version: 1,
 *   data: {
 *     experimentKey: "cta",
 *     variationId: 1,
 *     variationKey: "1",
 *     hashAttribute: "id",
 *     hashValue: "7",
 *     featureId: "cta",
 *     ruleId: "",
 *     askedFeatureId: "cta",
 *     inExperiment: true,
 *     stickyBucketUsed: false,
 *     weights: [0.5, 0.5],
 *     coverage: 1,
 *     payloadDigest: "before",
 *   },
 * };
 * const rule = { variations: ["Buy", "Order"] };
 * const before = { features: { cta: { rules: [rule] } } };
 * const payloads = new Map([["before", before]]);
 * const [audited] = verifyDecisions([event], payloads);
 * assertEquals(audited?.result, { outcome: "same" });
 *
 * const payload = { features: { cta: { rules: [{ ...rule, weights: [1, 0] }] } } };
 * const [changed] = verifyDecisions([event], payloads, { payload });
 * assertEquals(changed?.result, {
 *   outcome: "different",
 *   to: { variationId: 0, variationKey: "0" },
 * });
 * ```
 */
export function* verifyDecisions(
  events: Iterable<NewEvent>,
  payloads: ReadonlyMap<string, Payload>,
  options?: VerifyOptions,
): Generator<VerifiedDecision> {
  checkList(events, "verify the decisions of events");
  checkList(payloads, "verify decisions by payloads");
  const { payload } = options ?? {};
  const known = new Map(payloads);
  let sticky: StickyDocuments = stickyDocuments.initial;
  let earlier: StickyDocuments = sticky;
  let now: number | null = null;
  for (const event of events) {
    if (event.time !== now) earlier = sticky;
    now = event.time;
    sticky = stickyDocuments.evolve(sticky, event);
    const loaded = readData(event, "payload.loaded");
    if (loaded?.payload !== undefined) known.set(loaded.digest, loaded.payload);
    const exposure = readData(event, "experiment.viewed");
    if (exposure === null || !exposure.inExperiment) continue;
    const { experimentKey, featureId, hashAttribute, hashValue } = exposure;
    const { variationId, variationKey, payloadDigest } = exposure;
    const recorded = payloadDigest === undefined
      ? null
      : known.get(payloadDigest) ?? null;
    yield {
      eventId: event.id,
      position: (readOwn(event, "position") ?? null) as number | null,
      time: event.time,
      experimentKey,
      featureId,
      hashAttribute,
      hashValue,
      from: { variationId, variationKey },
      result: verifyDecision(event, {
        exposure,
        earlier,
        sticky,
        recorded,
        asked: payload,
      }),
    };
  }
}
