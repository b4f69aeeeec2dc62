import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type Context,
  decideFeature,
  type DecisionEvent,
  evalFeature,
  type ExperimentResult,
  type FeatureDefinition,
  type FeatureDefinitions,
  type FeatureRule,
  type TrackedExposure,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

const attributes = { id: "7" };
const treatment = { variations: ["control", "treatment"], weights: [0, 1] };

/** Decides the feature `feature`, whose rules these are. */
function decide(rules: readonly FeatureRule[], context: Context = {}) {
  const features = { feature: { defaultValue: "default", rules } };
  return decideFeature({ attributes, ...context, features }, "feature");
}

/** The keys of the experiments that were viewed, with the variations. */
function viewed(events: readonly DecisionEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.type === "experiment.viewed"
      ? [`${event.experiment.key}:${event.result.variationId}`]
      : []
  );
}

Deno.test("decideFeature() gives the result of evalFeature()", () => {
  const features = { feature: { rules: [treatment] } };
  const context = { features, attributes };
  assertEquals(
    decideFeature(context, "feature").result,
    evalFeature(context, "feature"),
  );
});

Deno.test("decideFeature() gives an exposure for an experiment decided by hash", () => {
  const { result, events } = decide([treatment]);
  assertEquals(events, [{
    type: "experiment.viewed",
    experiment: result.experiment!,
    result: result.experimentResult!,
  }]);
});

const silent: readonly (readonly [string, readonly FeatureRule[], Context])[] =
  [
    ["a default", [], {}],
    ["a forced value", [{ force: "x" }], {}],
    ["a rollout", [{ force: "x", coverage: 1 }], {}],
    ["an override", [treatment], { forcedFeatureValues: { feature: "x" } }],
    ["a variation that the context forces", [treatment], {
      forcedVariations: { feature: 1 },
    }],
    ["a variation that the query string forces", [treatment], {
      url: "https://a.example/?feature=1",
    }],
    ["a variation that the experiment forces", [treatment], {
      overrides: { feature: { force: 1 } },
    }],
    [
      "an experiment that the user is not in",
      [{ ...treatment, coverage: 0 }],
      {},
    ],
    ["an experiment in QA mode", [treatment], { qaMode: true }],
  ];

for (const [fact, rules, context] of silent) {
  Deno.test(`decideFeature() gives no exposure for ${fact}`, () => {
    assertEquals(decide(rules, context).events, []);
  });
}

Deno.test("decideFeature() gives no event for an unknown feature", () => {
  assertEquals(decideFeature({}, "feature").events, []);
});

const tracked: ExperimentResult = {
  key: "1",
  featureId: "feature",
  inExperiment: true,
  hashUsed: true,
  variationId: 1,
  value: "treatment",
  hashAttribute: "id",
  hashValue: "7",
  stickyBucketUsed: false,
};
const trackA = {
  experiment: { key: "remote-a", variations: ["x", "y"] },
  result: tracked,
};
const trackB = {
  experiment: { key: "remote-b", variations: ["x", "y"] },
  result: tracked,
};

Deno.test("decideFeature() gives an exposure for each track of a forced value, in order", () => {
  const { result, events } = decide([{ force: "x", tracks: [trackA, trackB] }]);
  assertEquals(events, [
    { type: "experiment.viewed", ...trackA },
    { type: "experiment.viewed", ...trackB },
  ]);
  assertEquals(result.source, "force");
});

Deno.test("decideFeature() gives a track's experiment and result as they are", () => {
  const [event] = decide([{ force: "x", tracks: [trackA] }]).events;
  assertStrictEquals(
    event?.type === "experiment.viewed" && event.experiment,
    trackA.experiment,
  );
  assertStrictEquals(
    event?.type === "experiment.viewed" && event.result,
    trackA.result,
  );
});

Deno.test("decideFeature() gives no track of a value that is not forced", () => {
  const rule = { condition: { never: true }, force: "x", tracks: [trackA] };
  assertEquals(decide([rule]).events, []);
});

Deno.test("decideFeature() gives no track of a user whom the rollout leaves out", () => {
  assertEquals(
    decide([{ coverage: 0, force: "x", tracks: [trackA] }]).events,
    [],
  );
});

Deno.test("decideFeature() gives no track of a rule that runs an experiment", () => {
  const rule = { ...treatment, tracks: [trackA] };
  assertEquals(viewed(decide([rule]).events), ["feature:1"]);
});

Deno.test("decideFeature() gives a track even of a result that is not in its experiment", () => {
  const track = {
    ...trackA,
    result: { ...tracked, inExperiment: false, hashUsed: false },
  };
  assertEquals(decide([{ force: "x", tracks: [track] }]).events.length, 1);
});

const holdout: FeatureRule = {
  key: "holdout",
  variations: ["held", "free"],
  weights: [0, 1],
  meta: [{ key: "held" }, { key: "free", passthrough: true }],
};

Deno.test("decideFeature() passes a passthrough variation through to the next rule", () => {
  const { result, events } = decide([holdout, { id: "next", force: "x" }]);
  assertEquals([result.value, result.source, result.ruleId], [
    "x",
    "force",
    "next",
  ]);
  assertEquals(viewed(events), ["holdout:1"]);
});

Deno.test("decideFeature() keeps who is held out from later rules", () => {
  const { result, events } = decide([{ ...holdout, weights: [1, 0] }, {
    force: "x",
  }]);
  assertEquals([result.value, result.source], ["held", "experiment"]);
  assertEquals(viewed(events), ["holdout:0"]);
});

Deno.test("decideFeature() passes a forced passthrough variation through, unexposed", () => {
  const { result, events } = decide([holdout, { force: "x" }], {
    forcedVariations: { holdout: 1 },
  });
  assertEquals(result.value, "x");
  assertEquals(events, []);
});

Deno.test("decideFeature() exposes the holdout before the experiment behind it", () => {
  assertEquals(viewed(decide([holdout, treatment]).events), [
    "holdout:1",
    "feature:1",
  ]);
});

Deno.test("decideFeature() passes through to the default behind the last rule", () => {
  const { result, events } = decide([holdout]);
  assertEquals([result.value, result.source], ["default", "defaultValue"]);
  assertEquals(viewed(events), ["holdout:1"]);
});

/** A feature that is on in its treatment, and a child that asks for it in two ways. */
const shared: FeatureDefinition = {
  rules: [{ key: "shared", variations: [false, true], weights: [0, 1] }],
};
const wants = (id: string) => [{ id, condition: { value: true } }];

Deno.test("decideFeature() exposes the same experiment of two rules once, at its first place", () => {
  const again = { ...holdout };
  assertEquals(viewed(decide([holdout, again, treatment]).events), [
    "holdout:1",
    "feature:1",
  ]);
});

Deno.test("decideFeature() exposes a parent once that two rules ask for", () => {
  const features: FeatureDefinitions = {
    shared,
    feature: {
      rules: [
        {
          parentConditions: wants("shared"),
          condition: { never: true },
          force: "x",
        },
        { parentConditions: wants("shared"), force: "y" },
      ],
    },
  };
  const { result, events } = decideFeature({ features, attributes }, "feature");
  assertEquals(result.value, "y");
  assertEquals(viewed(events), ["shared:1"]);
});

Deno.test("decideFeature() exposes once what two features run under one key", () => {
  const features: FeatureDefinitions = {
    shared,
    twin: {
      rules: [{ key: "shared", variations: [false, true], weights: [0, 1] }],
    },
    feature: {
      rules: [{
        parentConditions: [...wants("shared"), ...wants("twin")],
        force: "x",
      }],
    },
  };
  const { events } = decideFeature({ features, attributes }, "feature");
  assertEquals(viewed(events), ["shared:1"]);
  assertEquals(
    events[0]?.type === "experiment.viewed" && events[0].result.featureId,
    "shared",
  );
});

Deno.test("decideFeature() exposes two variations of one experiment", () => {
  const rules = [holdout, { ...treatment, key: "holdout", weights: [1, 0] }];
  assertEquals(viewed(decide(rules).events), ["holdout:1", "holdout:0"]);
});

Deno.test("decideFeature() exposes one experiment for two attributes", () => {
  const byCompany = { ...holdout, hashAttribute: "company" };
  const { events } = decide([holdout, byCompany, { force: "x" }], {
    attributes: { id: "7", company: "7" },
  });
  assertEquals(viewed(events), ["holdout:1", "holdout:1"]);
});

Deno.test("decideFeature() exposes one experiment for two values, as tracks may have them", () => {
  const other = { ...trackA, result: { ...tracked, hashValue: "8" } };
  const { events } = decide([{ force: "x", tracks: [trackA, trackA, other] }]);
  assertEquals(events.length, 2);
});

Deno.test("decideFeature() tells a number from its text when it compares exposures", () => {
  const other = { ...trackA, result: { ...tracked, hashValue: 7 } };
  const { events } = decide([{ force: "x", tracks: [trackA, other] }]);
  assertEquals(events.length, 2);
});

Deno.test("decideFeature() compares values that are objects by their content", () => {
  const track = (hashValue: object) => ({
    ...trackA,
    result: { ...tracked, hashValue },
  });
  const tracks = [
    track({ a: 1 }),
    track({ a: 1 }),
    track({ a: 2 }),
    track([1]),
    track([1]),
  ];
  assertEquals(decide([{ force: "x", tracks }]).events.length, 3);
});

Deno.test("decideFeature() gives no event of a rule whose tracks can't all be read", () => {
  const tracks = malformed<readonly TrackedExposure[]>([trackA, null]);
  assertEquals(decide([{ force: "x", tracks }]).events, []);
});

// Joined without a separator, both read "ididexp1".
Deno.test("decideFeature() tells exposures apart whose parts join to the same text", () => {
  const parts = (hashAttribute: string, hashValue: string) => ({
    experiment: { key: "exp", variations: ["x", "y"] },
    result: { ...tracked, hashAttribute, hashValue },
  });
  const tracks = [parts("id", "id7"), parts("idid", "7")];
  assertEquals(decide([{ force: "x", tracks }]).events.length, 2);
});

Deno.test("decideFeature() exposes again in another decision", () => {
  assertEquals(viewed(decide([treatment]).events), ["feature:1"]);
  assertEquals(viewed(decide([treatment]).events), ["feature:1"]);
});
