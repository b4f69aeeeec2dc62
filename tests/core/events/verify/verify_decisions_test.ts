import { assertEquals } from "@std/assert";
import {
  type EventUser,
  type RecordedEvent,
  summarizeDecisions,
  verifyDecisions,
} from "../../../../core/events/mod.ts";
import type { Payload } from "../../../../mod.ts";
import { makeEvent } from "../../../arbitraries/records/events.ts";

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

Deno.test("verifyDecisions() passes over an assignment that the decision itself has left", () => {
  // Every user would have "a" by it; the hash gives "b".
  const assignment = makeEvent(1, 1, "sticky-bucket.assigned", {
    attributeName: "id",
    attributeValue: "2",
    assignments: { hero__0: "0", other__0: "1" },
  });
  const events = [assignment, exposure({}, undefined, 2)];
  const known = new Map([["p", {
    features: {
      hero: { rules: [{ ...rule, meta: [{ key: "0" }, { key: "1" }] }] },
    },
  }]]);
  const [verified] = verifyDecisions(events, known);
  assertEquals(verified?.result, { outcome: "same" });
  const [ahead] = verifyDecisions(events, known, { payload: known.get("p")! });
  assertEquals(ahead?.result, {
    outcome: "different",
    to: { variationId: 0, variationKey: "0" },
  });
});

Deno.test("verifyDecisions() knows nothing of what was not recorded without the recorded payload", () => {
  const user = { level: "decision", attributes: { id: "2" } } as const;
  assertEquals(outcome(exposure({}, user), null, targeted), {
    outcome: "unverifiable",
    reason: "attributes",
    attributes: ["country"],
  });
});

Deno.test("verifyDecisions() sees an auto experiment go", () => {
  const auto = exposure({ featureId: null, askedFeatureId: null });
  const before: Payload = {
    features: {},
    experiments: [{ key: "hero", variations: [{}, {}] }],
  };
  assertEquals(outcome(auto, before, { features: {} }), {
    outcome: "different",
    to: null,
  });
});

Deno.test("verifyDecisions() names the attributes that an auto experiment lacks", () => {
  const auto = exposure({ featureId: null, askedFeatureId: null });
  const experiment = { key: "hero", variations: [{}, {}] };
  const before: Payload = { features: {}, experiments: [experiment] };
  const after: Payload = {
    features: {},
    experiments: [{ ...experiment, condition: { country: "fr" } }],
  };
  assertEquals(outcome(auto, before, after), {
    outcome: "unverifiable",
    reason: "attributes",
    attributes: ["country"],
  });
});

Deno.test("verifyDecisions() names the attributes that a feature lacks whose experiment is elsewhere", () => {
  const parent = { id: "gone", condition: { value: true } };
  const elsewhere: Payload = {
    features: {
      gone: { defaultValue: true, rules: [french] },
      hero: { rules: [{ ...rule, parentConditions: [parent] }] },
    },
  };
  assertEquals(
    outcome(exposure({ featureId: "missing" }), elsewhere),
    { outcome: "unverifiable", reason: "attributes", attributes: ["country"] },
  );
});

Deno.test("verifyDecisions() can't tell of a user whose value JSON can't hold", () => {
  assertEquals(outcome(exposure({ hashValue: null }), plain), {
    outcome: "unverifiable",
    reason: "attributes",
    attributes: ["id"],
  });
});

Deno.test("summarizeDecisions() counts what stays, and what can't be told by what is missing", () => {
  const events = [
    exposure({}, undefined, 1),
    exposure({ payloadDigest: "gone" }, undefined, 2),
    exposure({ hashValue: "6", payloadDigest: "gone" }, undefined, 3),
    exposure({ hashValue: null }, undefined, 4),
    exposure({ experimentKey: "a", featureId: "a" }, undefined, 5),
    exposure(
      {
        experimentKey: "a",
        featureId: "hero",
        askedFeatureId: "hero",
        hashValue: null,
      },
      undefined,
      6,
    ),
  ];
  const second: Payload = {
    features: { ...plain.features, a: { rules: [{ ...rule, key: "a" }] } },
  };
  const decisions = verifyDecisions(events, new Map([["p", second]]));
  const summary = summarizeDecisions(decisions);
  assertEquals(summary.map(({ experimentKey }) => experimentKey), [
    "a",
    "hero",
  ]);
  assertEquals(summary[1], {
    experimentKey: "hero",
    users: 3,
    same: 0,
    different: 0,
    unverifiable: 3,
    moves: [],
    missing: [
      { reason: "payload", attributes: [], users: 2 },
      { reason: "attributes", attributes: ["id"], users: 1 },
    ],
  });
});

Deno.test("summarizeDecisions() counts who stays", () => {
  const decisions = verifyDecisions([exposure({})], new Map([["p", plain]]));
  const [summary] = summarizeDecisions(decisions);
  const { users, same, moves, missing } = summary!;
  assertEquals({ users, same, moves, missing }, {
    users: 1,
    same: 1,
    moves: [],
    missing: [],
  });
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
