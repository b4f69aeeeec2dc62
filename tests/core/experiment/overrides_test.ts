import { assertEquals } from "@std/assert";
import {
  type Context,
  decideExperiment,
  decideFeature,
  type Experiment,
  type ExperimentOverride,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

const attributes = { id: "7", company: "c" };
const experiment: Experiment<string> = {
  key: "exp",
  variations: ["control", "treatment"],
  weights: [1, 0],
  meta: [{ key: "c" }, { key: "t" }],
};

/** Runs the experiment under an override. */
function run(override: ExperimentOverride, context: Context = {}) {
  const overrides = { exp: override };
  return decideExperiment({ attributes, overrides, ...context }, experiment);
}

Deno.test("an override replaces a field of the experiment", () => {
  assertEquals(run({ weights: [0, 1] }).result.value, "treatment");
});

Deno.test("an override replaces a field as a whole", () => {
  assertEquals(run({ meta: [{}, {}] }).result.key, "0");
});

Deno.test("an override adds a field", () => {
  assertEquals(run({ status: "stopped" }).result.inExperiment, false);
});

Deno.test("an override takes a field away by null", () => {
  const override = malformed<ExperimentOverride>({ meta: null });
  assertEquals(run(override).result.key, "0");
});

Deno.test("an override leaves the other fields as they are", () => {
  assertEquals(run({ name: "Name" }).result.key, "c");
});

Deno.test("an override applies to its experiment only", () => {
  const overrides = { other: { weights: [0, 1] } };
  assertEquals(
    decideExperiment({ attributes, overrides }, experiment).result.value,
    "control",
  );
});

Deno.test("an override may change the hash attribute", () => {
  const { result } = run({ hashAttribute: "company" });
  assertEquals([result.hashAttribute, result.hashValue], ["company", "c"]);
});

Deno.test("an override may give the legacy URL pattern as a text", () => {
  assertEquals(
    run({ url: "^/cart" }, { url: "https://a.example/cart" }).result
      .inExperiment,
    true,
  );
  assertEquals(
    run({ url: "^/cart" }, { url: "https://a.example/home" }).result
      .inExperiment,
    false,
  );
});

Deno.test("an override may change the bucket version of the assignment", () => {
  const { events } = run({ bucketVersion: 4 }, {
    stickyBucketAssignmentDocs: {},
  });
  assertEquals(events[0], {
    type: "sticky-bucket.assigned",
    attributeName: "id",
    attributeValue: "7",
    assignments: { exp__4: "c" },
  });
});

Deno.test("an exposure carries the merged experiment", () => {
  const { events } = run({ weights: [0, 1], name: "Name" });
  assertEquals(
    events.map((event) =>
      event.type === "experiment.viewed" && event.experiment
    ),
    [{ ...experiment, weights: [0, 1], name: "Name" }],
  );
});

Deno.test("a feature's result carries the unmerged experiment, its exposure the merged one", () => {
  const features = { feature: { rules: [experiment] } };
  const overrides = { exp: { weights: [0, 1] } };
  const { result, events } = decideFeature(
    { attributes, features, overrides },
    "feature",
  );
  assertEquals(result.value, "treatment");
  assertEquals<unknown>(result.experiment, experiment);
  assertEquals<unknown>(
    events.map((event) =>
      event.type === "experiment.viewed" && event.experiment
    ),
    [{ ...experiment, weights: [0, 1] }],
  );
});

Deno.test("an override goes by the experiment's key, not the feature's", () => {
  const features = { feature: { rules: [experiment] } };
  const overrides = { feature: { weights: [0, 1] } };
  const { result } = decideFeature(
    { attributes, features, overrides },
    "feature",
  );
  assertEquals(result.value, "control");
});

Deno.test("two overrides of one experiment are told apart", () => {
  assertEquals(run({ weights: [0, 1] }).result.value, "treatment");
  assertEquals(run({ weights: [1, 0] }).result.value, "control");
  assertEquals(run({ weights: [0, 1] }).result.value, "treatment");
});

for (const override of [null, 5]) {
  Deno.test(`an override that is ${JSON.stringify(override)} changes nothing`, () => {
    const overrides = malformed<NonNullable<Context["overrides"]>>({
      exp: override,
    });
    assertEquals(
      decideExperiment({ attributes, overrides }, experiment),
      decideExperiment({ attributes }, experiment),
    );
  });
}

Deno.test("an override's gate keeps from the experiment, and does not end the feature", () => {
  const features = {
    feature: { defaultValue: "default", rules: [experiment] },
  };
  const parentConditions = [{
    id: "parent",
    condition: { value: 1 },
    gate: true,
  }];
  const overrides = { exp: { parentConditions } };
  const { result } = decideFeature(
    { attributes, features, overrides },
    "feature",
  );
  assertEquals([result.value, result.source], ["default", "defaultValue"]);
});

Deno.test("an override's key is reported, but the experiment's own one decides", () => {
  const halves = { ...experiment, weights: [0.5, 0.5] };
  const override = malformed<ExperimentOverride>({ key: "other" });
  const context = { attributes, overrides: { exp: override } };
  const { result, events } = decideExperiment(context, halves);
  assertEquals(result, decideExperiment({ attributes }, halves).result);
  assertEquals(
    events.map((event) =>
      event.type === "experiment.viewed" && event.experiment.key
    ),
    ["other"],
  );
  const forced = { ...context, forcedVariations: { exp: 1, other: 0 } };
  assertEquals(decideExperiment(forced, halves).result.variationId, 1);
});
