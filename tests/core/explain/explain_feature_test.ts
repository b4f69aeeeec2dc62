import { assertEquals } from "@std/assert";
import { explainFeature, type FeatureRule } from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

Deno.test("explainFeature() tells which attribute a user has no value of", () => {
  const features = {
    feature: { rules: [{ variations: ["a", "b"], hashAttribute: "company" }] },
  };
  const context = { attributes: { id: "1" }, features };
  const { gates } = explainFeature(context, "feature").rules[0]!;
  assertEquals(gates.at(-1), {
    gate: "hashValue",
    outcome: "stopped",
    reason: "noHashValue",
    expected: "company",
  });
});

Deno.test("explainFeature() takes a gate among the parents of an experiment for any parent", () => {
  const parentConditions = [
    { id: "parent", gate: true, condition: { value: true } },
  ];
  const { rules } = explainFeature({
    attributes: { id: "1" },
    features: { feature: { rules: [{ variations: ["a", "b"], key: "test" }] } },
    overrides: malformed<never>({ test: { parentConditions } }),
  }, "feature");
  assertEquals(rules[0]?.reason, "prerequisite");
});

Deno.test("explainFeature() says that variations can't be counted where a bandit would share users out", () => {
  const { rules } = explainFeature({
    attributes: { id: "1" },
    features: {
      feature: {
        rules: [malformed<FeatureRule>({
          variations: { length: 100_000 },
          contextualBanditRef: "bandit",
        })],
      },
    },
    contextualBandits: { bandit: { contexts: [] } },
  }, "feature");
  assertEquals(rules[0]?.message, "variations is not a list");
});
