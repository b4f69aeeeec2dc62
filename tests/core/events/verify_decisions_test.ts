import { assertEquals } from "@std/assert";
import {
  type EventUser,
  type Payload,
  type RecordedEvent,
  summarizeDecisions,
  verifyDecisions,
} from "../../../mod.ts";
import { makeEvent } from "../../arbitraries/events.ts";

const rule = { key: "hero", variations: ["a", "b"] };
const french = { condition: { country: "fr" }, force: "c" };
const plain: Payload = { features: { hero: { rules: [rule] } } };
const targeted: Payload = { features: { hero: { rules: [french, rule] } } };

function exposure(
  data: object,
  user?: EventUser,
  position = 1,
): RecordedEvent {
  const event = makeEvent(position, position, "experiment.viewed", {
    experimentKey: "hero",
    variationId: 1,
    variationKey: "1",
    hashAttribute: "id",
    hashValue: "2",
    featureId: "hero",
    ruleId: "",
    askedFeatureId: "hero",
    inExperiment: true,
    stickyBucketUsed: false,
    weights: [0.5, 0.5],
    coverage: 1,
    payloadDigest: "p",
    ...data,
  });
  return user === undefined ? event : { ...event, user };
}

function outcome(
  event: RecordedEvent,
  recorded: Payload | null,
  payload?: Payload,
) {
  const payloads = new Map(recorded === null ? [] : [["p", recorded]]);
  const options = payload === undefined ? {} : { payload };
  return [...verifyDecisions([event], payloads, options)][0]?.result;
}

Deno.test("verifyDecisions() needs no more than the identity where nothing else is read", () => {
  assertEquals(outcome(exposure({}), plain), { outcome: "same" });
});

Deno.test("verifyDecisions() tells which variation it would have been", () => {
  const wrong = exposure({ variationId: 0, variationKey: "0" });
  assertEquals(outcome(wrong, plain), {
    outcome: "different",
    to: { variationId: 1, variationKey: "1" },
  });
});

Deno.test("verifyDecisions() names the attributes that are missing", () => {
  assertEquals(outcome(exposure({}), targeted), {
    outcome: "unverifiable",
    reason: "attributes",
    attributes: ["country"],
  });
});

Deno.test("verifyDecisions() knows at level decision that what was read and not kept was not there", () => {
  const user = { level: "decision", attributes: { id: "2" } } as const;
  assertEquals(outcome(exposure({}, user), targeted), { outcome: "same" });
});

Deno.test("verifyDecisions() knows nothing at level decision of what the recorded decision didn't read", () => {
  const user = { level: "decision", attributes: { id: "2" } } as const;
  assertEquals(outcome(exposure({}, user), plain, targeted), {
    outcome: "unverifiable",
    reason: "attributes",
    attributes: ["country"],
  });
});

Deno.test("verifyDecisions() knows at level all that what isn't there wasn't", () => {
  const user = { level: "all", attributes: { id: "2" } } as const;
  assertEquals(outcome(exposure({}, user), null, targeted), {
    outcome: "same",
  });
});

Deno.test("verifyDecisions() sees a user leave an experiment", () => {
  const user = {
    level: "all",
    attributes: { id: "2", country: "fr" },
  } as const;
  assertEquals(outcome(exposure({}, user), plain, targeted), {
    outcome: "different",
    to: null,
  });
});

Deno.test("verifyDecisions() can't tell without the payload", () => {
  assertEquals(outcome(exposure({}), null), {
    outcome: "unverifiable",
    reason: "payload",
    attributes: [],
  });
});

Deno.test("verifyDecisions() can't tell of inline experiments", () => {
  const inline = exposure({ featureId: null, askedFeatureId: null });
  assertEquals(outcome(inline, plain), {
    outcome: "unverifiable",
    reason: "inlineExperiment",
    attributes: [],
  });
});

Deno.test("verifyDecisions() makes an auto experiment again, and needs the URL where it has targets", () => {
  const auto = exposure({ featureId: null, askedFeatureId: null });
  const experiment = { key: "hero", variations: [{}, {}] };
  const anywhere: Payload = { features: {}, experiments: [experiment] };
  const target = { include: true, type: "simple", pattern: "/cart" } as const;
  const somewhere: Payload = {
    features: {},
    experiments: [{ ...experiment, urlPatterns: [target] }],
  };
  assertEquals(outcome(auto, anywhere), { outcome: "same" });
  assertEquals(outcome(auto, somewhere), {
    outcome: "unverifiable",
    reason: "url",
    attributes: [],
  });
});

Deno.test("verifyDecisions() can't tell where a sticky bucket decided that is not in the log", () => {
  assertEquals(outcome(exposure({ stickyBucketUsed: true }), plain), {
    outcome: "unverifiable",
    reason: "stickyBuckets",
    attributes: [],
  });
});

Deno.test("verifyDecisions() takes sticky buckets and payloads from the log", () => {
  const events = [
    makeEvent(1, 1, "payload.loaded", {
      digest: "p",
      dateUpdated: null,
      changed: [],
      issues: [],
      payload: {
        features: {
          hero: {
            rules: [{ ...rule, meta: [{ key: "old" }, { key: "new" }] }],
          },
        },
      },
    }),
    makeEvent(2, 2, "sticky-bucket.assigned", {
      attributeName: "id",
      attributeValue: "2",
      assignments: { hero__0: "old" },
    }),
    exposure(
      { stickyBucketUsed: true, variationId: 0, variationKey: "old" },
      undefined,
      3,
    ),
  ];
  const [verified] = verifyDecisions(events, new Map());
  assertEquals(verified?.result, { outcome: "same" });
});

Deno.test("verifyDecisions() knows that the hash attribute was empty where the fallback decided", () => {
  const withFallback: Payload = {
    features: {
      hero: {
        rules: [{ ...rule, hashAttribute: "id", fallbackAttribute: "device" }],
      },
    },
  };
  const event = exposure({ hashAttribute: "device" });
  assertEquals(outcome(event, withFallback), { outcome: "same" });
});

Deno.test("summarizeDecisions() counts users once, by their last decision", () => {
  const events = [
    exposure({ variationId: 0, variationKey: "0" }, undefined, 1),
    exposure({}, undefined, 2),
    exposure({ hashValue: "other" }, undefined, 3),
  ];
  const payload: Payload = {
    features: { hero: { rules: [{ ...rule, weights: [1, 0] }] } },
  };
  const decisions = verifyDecisions(events, new Map(), { payload });
  assertEquals(summarizeDecisions(decisions), [{
    experimentKey: "hero",
    users: 2,
    same: 0,
    different: 2,
    unverifiable: 0,
    moves: [{
      from: { variationId: 1, variationKey: "1" },
      to: { variationId: 0, variationKey: "0" },
      users: 2,
    }],
    missing: [],
  }]);
});
