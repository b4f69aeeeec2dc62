import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  exposureCounts,
  exposuresSeen,
  featureUsage,
  findPayload,
  hasSeenExposure,
  listCrossedUsers,
  listExposureCounts,
  listExposuresSeen,
  listFeatureUsage,
  payloadsLoaded,
  type RecordedEvent,
  replay,
  sampleRatio,
} from "../../../core/events/mod.ts";
import { makeEvent } from "../../arbitraries/records/events.ts";

const noon = Date.UTC(2025, 9, 9, 12);

function viewed(position: number, time: number, data: object): RecordedEvent {
  return makeEvent(position, time, "experiment.viewed", {
    experimentKey: "cta",
    variationId: 0,
    variationKey: "a",
    hashAttribute: "id",
    hashValue: "7",
    featureId: null,
    ruleId: "",
    askedFeatureId: null,
    inExperiment: true,
    stickyBucketUsed: false,
    weights: [0.5, 0.5],
    coverage: 1,
    ...data,
  });
}

function used(position: number, data: object): RecordedEvent {
  return makeEvent(position, noon, "feature.evaluated", {
    featureKey: "cta",
    value: "Buy",
    source: "force",
    ruleId: "",
    count: 1,
    ...data,
  });
}

Deno.test("exposuresSeen() takes no exposure for that of another phase", () => {
  const events = [viewed(1, noon, {}), viewed(2, noon, { phase: "1" })];
  const { states } = replay(events, { exposuresSeen: exposuresSeen() });
  assertEquals(
    [...listExposuresSeen(states.exposuresSeen)].map(({ phase }) => phase),
    [undefined, "1"],
  );
  const [seen] = listExposuresSeen(states.exposuresSeen);
  const isSeen = (phase: string) =>
    hasSeenExposure(states.exposuresSeen, { ...seen!, phase });
  assertEquals(["", "1", "2"].map(isSeen), [true, true, false]);
});

Deno.test("listExposureCounts() sorts by experiment, variation and day", () => {
  const day = 86_400_000;
  const events = [
    viewed(1, noon + day, {}),
    viewed(2, noon, {}),
    viewed(3, noon, { variationId: 1, variationKey: "b" }),
    viewed(4, noon, { variationKey: "A" }),
    viewed(5, noon, { experimentKey: "b" }),
    viewed(6, noon, { hashValue: "8" }),
    viewed(7, noon, { inExperiment: false }),
    viewed(8, 1e300, {}),
  ];
  const { states } = replay(events, { exposureCounts });
  assertEquals(
    listExposureCounts(states.exposureCounts).map((row) => [
      row.experimentKey,
      row.variationKey,
      row.day,
      row.exposures,
    ]),
    [
      ["b", "a", "2025-10-09", 1],
      ["cta", "A", "2025-10-09", 1],
      ["cta", "a", "2025-10-09", 2],
      ["cta", "a", "2025-10-10", 1],
      ["cta", "b", "2025-10-09", 1],
    ],
  );
});

Deno.test("exposuresSeen tells a number from its text", () => {
  const { states } = replay([viewed(1, noon, { hashValue: 7 })], {
    seen: exposuresSeen(),
  });
  const exposure = {
    hashAttribute: "id",
    experimentKey: "cta",
    variationKey: "a",
  };
  assertEquals(
    hasSeenExposure(states.seen, { ...exposure, hashValue: 7 }),
    true,
  );
  assertEquals(
    hasSeenExposure(states.seen, { ...exposure, hashValue: "7" }),
    false,
  );
});

Deno.test("exposuresSeen forgets the oldest beyond its count", () => {
  const events = ["1", "2", "3", "2"].map((hashValue, index) =>
    viewed(index + 1, noon, { hashValue })
  );
  const { states } = replay(events, { seen: exposuresSeen({ count: 2 }) });
  assertEquals(
    Array.from(listExposuresSeen(states.seen), ({ hashValue }) => hashValue),
    ["2", "3"],
  );
});

Deno.test("exposuresSeen forgets what is too old, in either direction of the clock", () => {
  const events = [viewed(1, noon, { hashValue: "1" })];
  for (const time of [noon + 1000, noon - 1000]) {
    const { states } = replay(
      [...events, viewed(2, time, { hashValue: "2" })],
      { seen: exposuresSeen({ age: 1000 }) },
    );
    assertEquals(states.seen.size, 1);
  }
});

Deno.test("listExposuresSeen() gives what was seen, with its time", () => {
  const { states } = replay([viewed(1, noon, { hashValue: 7 })], {
    seen: exposuresSeen(),
  });
  assertEquals([...listExposuresSeen(states.seen)], [{
    hashAttribute: "id",
    hashValue: 7,
    experimentKey: "cta",
    variationKey: "a",
    time: noon,
  }]);
});

Deno.test("exposuresSeen packs a large window, and knows it afterwards", () => {
  const projection = exposuresSeen();
  const events = Array.from(
    { length: 1000 },
    (_, index) => viewed(index + 1, noon, { hashValue: `user-${index}` }),
  );
  const { states } = replay(events, { seen: projection });
  const packed = projection.pack!(states.seen);
  assertEquals(JSON.stringify(packed).length < 100_000, true);
  assertEquals([...listExposuresSeen(packed)], [
    ...listExposuresSeen(states.seen),
  ]);
  assertStrictEquals(
    projection.evolve(packed, events[500]!),
    packed,
  );
});

Deno.test("listCrossedUsers() gives nothing for an experiment that nobody saw", () => {
  assertEquals([...listCrossedUsers(sampleRatio.initial, "cta")], []);
});

Deno.test("sampleRatio passes over who takes no part, and a variation without a weight", () => {
  for (const data of [{ inExperiment: false }, { variationId: 2 }]) {
    const event = viewed(1, noon, data);
    assertStrictEquals(
      sampleRatio.evolve(sampleRatio.initial, event),
      sampleRatio.initial,
    );
  }
});

Deno.test("sampleRatio packs the identities of an experiment, and goes on with them", () => {
  const events = Array.from(
    { length: 1000 },
    (_, index) => viewed(index + 1, noon, { hashValue: `user-${index}` }),
  );
  const { states } = replay(events, { sampleRatio });
  const packed = sampleRatio.pack!(states.sampleRatio);
  assertEquals(JSON.stringify(packed).includes('"text"'), true);
  const crossed = viewed(1, noon, {
    hashValue: "user-500",
    variationId: 1,
    variationKey: "b",
  });
  const users = [
    ...listCrossedUsers(sampleRatio.evolve(packed, crossed), "cta"),
  ];
  assertEquals(users, [{
    phase: null,
    hashAttribute: "id",
    hashValue: "user-500",
    firstVariationId: 0,
  }]);
});

Deno.test("listFeatureUsage() gives the most frequent use of a feature first", () => {
  const events = [
    used(1, {}),
    used(2, { value: "Order", count: 5 }),
    used(3, {}),
    used(4, { featureKey: "banner", value: null, count: 2 }),
  ];
  const { states } = replay(events, { featureUsage });
  assertEquals(
    listFeatureUsage(states.featureUsage).map((use) => [use.value, use.count]),
    [[null, 2], ["Order", 5], ["Buy", 2]],
  );
});

Deno.test("payloadsLoaded keeps the first payload of a digest, and passes over what carries none", () => {
  const loaded = { digest: "a", dateUpdated: null, changed: [], issues: [] };
  const payload = { features: {} };
  const { evolve, initial } = payloadsLoaded;
  const event = makeEvent(1, noon, "payload.loaded", loaded);
  assertStrictEquals(evolve(initial, event), initial);
  const kept = evolve(initial, {
    ...event,
    data: { ...loaded, payload } as never,
  });
  assertEquals(findPayload(kept, "a"), payload);
  const other = { ...loaded, payload: { features: { cta: {} } } } as never;
  assertStrictEquals(evolve(kept, { ...event, data: other }), kept);
});
