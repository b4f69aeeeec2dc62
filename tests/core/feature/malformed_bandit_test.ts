import { assertEquals } from "@std/assert";
import {
  type ContextualBandits,
  evalFeature,
  type FeatureRule,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

/** The leaf that is reported under a bandit, by a rule with weights or without. */
function leafUnder(bandit: unknown, fields: FeatureRule = {}) {
  const rule = {
    variations: ["a", "b"],
    contextualBanditRef: "bandit",
    ...fields,
  };
  const { experiment } = evalFeature({
    attributes: { id: "7" },
    features: { feature: { rules: [rule] } },
    contextualBandits: malformed<ContextualBandits>({ bandit }),
  }, "feature");
  return experiment?.contextualBandit;
}

testRows("a bandit matches no leaf where it is", [
  ["a number", 2],
  ["a text", "ab"],
  ["true", true],
  ["a list", []],
  ["without contexts", {}],
  ["of contexts that are a number", { contexts: 5 }],
  ["of an empty text", { contexts: "" }],
], ([, bandit]) => {
  assertEquals(leafUnder(bandit), {
    leafId: -1,
    variationWeights: [0.5, 0.5],
  });
});

testRows("there is no bandit where it is", [
  ["null", null],
  ["zero", 0],
  ["an empty text", ""],
], ([, bandit]) => {
  assertEquals(leafUnder(bandit), undefined);
});

Deno.test("contexts in the form of a text are leaves that say nothing", () => {
  assertEquals<unknown>(leafUnder({ contexts: "b" }), {
    leafId: undefined,
    variationWeights: undefined,
  });
});

Deno.test("a leaf without weights leaves none of the rule's", () => {
  assertEquals<unknown>(
    leafUnder({ contexts: [{ leafId: 3 }] }, { weights: [0, 1] }),
    { leafId: 3, variationWeights: undefined },
  );
});

Deno.test("a version of null is reported", () => {
  assertEquals<unknown>(leafUnder({ banditVersion: null }), {
    leafId: -1,
    variationWeights: [0.5, 0.5],
    banditVersion: null,
  });
});
