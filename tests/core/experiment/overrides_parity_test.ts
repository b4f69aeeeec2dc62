import { assertEquals } from "@std/assert";
import {
  type Context,
  decideExperiment,
  decideFeature,
  type Experiment,
  runExperiment,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

const attributes = { id: "7" };
const experiment: Experiment = { key: "exp", variations: ["a", "b"] };
const page = "https://shop.example/cart";

function isIn(override: unknown, context: Context = {}): boolean {
  const overrides = malformed<NonNullable<Context["overrides"]>>({
    exp: override,
  });
  return runExperiment({ attributes, overrides, ...context }, experiment)
    .inExperiment;
}

Deno.test("an overriding empty url is a pattern that every page matches", () => {
  assertEquals(isIn({ url: "" }, { url: page }), true);
});

Deno.test("an overriding empty url excludes where there is no page", () => {
  assertEquals(isIn({ url: "" }), false);
});

Deno.test("an overriding url that is no pattern includes, also where there is no page", () => {
  assertEquals(isIn({ url: "[" }), true);
});

Deno.test("an exposure carries an overriding url as the pattern that it is", () => {
  const overrides = { exp: { url: "cart" } };
  const { events } = decideExperiment(
    { attributes, overrides, url: page },
    experiment,
  );
  const [event] = events;
  assertEquals(
    event?.type === "experiment.viewed" && event.experiment.url,
    /cart/,
  );
});

Deno.test("a url of the experiment's own in the form of a text matches no page", () => {
  const withUrl = { ...experiment, url: "cart" };
  assertEquals(
    runExperiment({ attributes, url: page }, withUrl).inExperiment,
    false,
  );
});

Deno.test("any override turns a url of the experiment's own into a pattern", () => {
  const withUrl = { ...experiment, url: "cart" };
  const overrides = { exp: {} };
  assertEquals(
    runExperiment({ attributes, url: page, overrides }, withUrl).inExperiment,
    true,
  );
});

Deno.test("an experiment of fewer than two variations is reported without overrides", () => {
  const overrides = { exp: { hashAttribute: "company" } };
  const result = runExperiment({ attributes, overrides }, {
    key: "exp",
    variations: ["a"],
  });
  assertEquals([result.hashAttribute, result.hashValue], ["id", "7"]);
});

Deno.test("an experiment is reported without overrides while experiments are disabled", () => {
  const overrides = { exp: { hashAttribute: "company" } };
  const result = runExperiment(
    { attributes, overrides, enabled: false },
    experiment,
  );
  assertEquals([result.hashAttribute, result.hashValue], ["id", "7"]);
});

Deno.test("an overriding key changes what is reported, not the bucket", () => {
  const overrides = malformed<NonNullable<Context["overrides"]>>({
    exp: { key: "other" },
  });
  const { result, events } = decideExperiment(
    { attributes, overrides },
    experiment,
  );
  const [event] = events;
  assertEquals(result.bucket, runExperiment({ attributes }, experiment).bucket);
  assertEquals(
    event?.type === "experiment.viewed" && event.experiment.key,
    "other",
  );
});

Deno.test("an overriding key doesn't change which variation is forced", () => {
  const override = { key: "other" };
  assertEquals(isIn(override, { attributes: {}, url: "/?exp=1" }), true);
  assertEquals(isIn(override, { attributes: {}, url: "/?other=1" }), false);
  assertEquals(
    isIn(override, { attributes: {}, forcedVariations: { exp: 1 } }),
    true,
  );
});

Deno.test("an override in the form of a text adds its characters to the exposure's experiment", () => {
  const overrides = malformed<NonNullable<Context["overrides"]>>({ exp: "A" });
  const { events } = decideExperiment({ attributes, overrides }, experiment);
  const [event] = events;
  assertEquals<unknown>(
    event?.type === "experiment.viewed" && event.experiment,
    { ...experiment, 0: "A" },
  );
});

Deno.test("overriding weights replace those of the bandit's leaf, except in the feature's result", () => {
  const { result, events } = decideFeature({
    attributes,
    features: {
      feature: {
        rules: [{ variations: ["a", "b"], contextualBanditRef: "bandit" }],
      },
    },
    contextualBandits: {
      bandit: { contexts: [{ leafId: 3, weights: [0.5, 0.5] }] },
    },
    overrides: { feature: { weights: [0, 1] } },
  }, "feature");
  const [event] = events;
  assertEquals(result.experimentResult?.variationWeights, [0, 1]);
  assertEquals(
    event?.type === "experiment.viewed" && event.experiment.contextualBandit,
    { leafId: 3, variationWeights: [0, 1] },
  );
  assertEquals(result.experiment?.contextualBandit, {
    leafId: 3,
    variationWeights: [0.5, 0.5],
  });
});
