import { assertEquals } from "@std/assert";
import {
  type Context,
  type Experiment,
  type ExperimentResult,
  explainFeature,
  runExperiment,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

const attributes = { id: "7" };

function run(fields: unknown, context: Context = {}): ExperimentResult {
  const experiment = { key: "exp", variations: ["a", "b"] };
  return runExperiment(
    { attributes, ...context },
    malformed<Experiment>({ ...experiment, ...malformed<object>(fields) }),
  );
}

Deno.test("an experiment without variations has no value", () => {
  assertEquals<unknown>(run({ variations: [] }).value, undefined);
});

Deno.test("an experiment without variations reports the first entry of its meta", () => {
  const meta = [{ key: "c", name: "Control", passthrough: true }];
  const { key, name, passthrough } = run({ variations: [], meta });
  assertEquals([key, name, passthrough], ["c", "Control", true]);
});

Deno.test("variations that are no list exclude nobody from ranges", () => {
  const result = run({ variations: { first: "a" }, ranges: [[0, 1]] });
  assertEquals<unknown>([result.inExperiment, result.value], [true, undefined]);
});

Deno.test("ranges that are no lists, and lists that are none, are read by their indexes", () => {
  for (
    const ranges of [
      [[0, 0.5], { 0: 0.5, 1: 1 }],
      [[0, 0.5], "01"],
      { length: 2, 0: [0, 0.5], 1: [0.5, 1] },
    ]
  ) {
    const results = ["1", "2"].map((id) =>
      run({ key: "e", ranges }, { attributes: { id } })
    );
    assertEquals(
      results.map(({ bucket, variationId }) => [bucket, variationId]),
      [[0.275, 0], [0.656, 1]],
    );
  }
});

Deno.test("variations of a length that no list has are malformed", () => {
  const rule = malformed<object>({ variations: { length: 2.5 } });
  const features = { feature: { rules: [rule] } };
  const { rules } = explainFeature({ attributes, features }, "feature");
  assertEquals(rules[0]!.reason, "malformed");
});

Deno.test("variations that claim a great length cost nothing", () => {
  const variations = { length: 100_000_000 };
  assertEquals(run({ variations }).inExperiment, false);
});

Deno.test("a forced variation that is no number is reported as it is", () => {
  const forcedVariations = malformed<Record<string, number>>({ exp: null });
  const result = run({}, { forcedVariations });
  assertEquals<unknown>(
    [result.inExperiment, result.key, result.variationId, result.value],
    [true, "null", null, undefined],
  );
});

Deno.test("a forced variation in the form of a text is read as an index", () => {
  const forcedVariations = malformed<Record<string, number>>({ exp: "1" });
  const result = run({}, { forcedVariations });
  assertEquals<unknown>([result.variationId, result.value], ["1", "b"]);
});

Deno.test("a forced variation is no way to what lists inherit", () => {
  const forcedVariations = malformed<Record<string, number>>({ exp: "map" });
  assertEquals<unknown>(run({}, { forcedVariations }).value, undefined);
});

Deno.test("forced variations in the form of a text force nothing", () => {
  const forcedVariations = malformed<Record<string, number>>("ab");
  const result = run({ key: "0" }, { forcedVariations });
  assertEquals(result.hashUsed, true);
});

Deno.test("a force of null settles on a variation, unlike one that is undefined", () => {
  const { inExperiment, variationId } = run({ force: null });
  assertEquals<unknown>([inExperiment, variationId], [true, null]);
  assertEquals(run({ force: undefined }).inExperiment, false);
});

Deno.test("weights that sum up to no number are used", () => {
  assertEquals(run({ weights: ["a", "b"] }).inExperiment, false);
});

Deno.test("weights in the form of texts are joined rather than added", () => {
  // "10" is out of the bounds for a sum, so equal weights replace them.
  assertEquals(run({ weights: ["", "1"] }).inExperiment, true);
});

Deno.test("weights that are no list, but as long as one, exclude everybody", () => {
  assertEquals(run({ weights: "ab" }).inExperiment, false);
});

Deno.test("weights that are neither a list nor as long as one count as absent", () => {
  assertEquals(run({ weights: 5 }).inExperiment, true);
});

Deno.test("a sticky bucket is found also where the weights can't be read", () => {
  const { inExperiment, variationId } = run({
    weights: "ab",
    meta: [{ key: "c" }, { key: "t" }],
  }, {
    stickyBucketAssignmentDocs: {
      "id||7": {
        attributeName: "id",
        attributeValue: "7",
        assignments: { exp__0: "t" },
      },
    },
  });
  assertEquals([inExperiment, variationId], [true, 1]);
});

Deno.test("a leaf that the experiment brings along is reported, with its weights in force", () => {
  const result = run({
    weights: [0, 1],
    contextualBandit: { leafId: 3, variationWeights: [1, 0], banditVersion: 2 },
  });
  const { leafId, variationWeights, banditVersion } = result;
  assertEquals([leafId, variationWeights, banditVersion], [3, [0, 1], 2]);
});

Deno.test("a parent without an id is a feature that nobody knows, and no cycle", () => {
  const parentConditions = [{ id: null, condition: { value: null } }];
  assertEquals(run({ parentConditions }).inExperiment, true);
});
