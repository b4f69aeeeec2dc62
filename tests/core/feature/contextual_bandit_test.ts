import { assertEquals } from "@std/assert";
import {
  type BanditContext,
  type Context,
  type ContextualBandits,
  decideFeature,
  evalFeature,
  type FeatureRule,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

const bandit = (...contexts: readonly BanditContext[]): ContextualBandits => ({
  pricing: { banditVersion: 3, contexts },
});
const fans: BanditContext = {
  leafId: 1,
  condition: { fan: true },
  weights: [1, 0],
};
const rest: BanditContext = { leafId: 2, weights: [0, 1] };

const rule: FeatureRule = {
  key: "exp",
  contextualVariations: ["low", "high"],
  contextualBanditRef: "pricing",
};

/** Decides the feature `feature`, whose only rule runs under the bandits. */
function decide(
  contextualBandits: ContextualBandits | undefined,
  fields: Partial<FeatureRule> = {},
  context: Context = {},
) {
  const features = {
    feature: { defaultValue: "default", rules: [{ ...rule, ...fields }] },
  };
  return decideFeature({
    attributes: { id: "7" },
    ...(contextualBandits === undefined ? {} : { contextualBandits }),
    ...context,
    features,
  }, "feature");
}

/** What a decision tells of the leaf: the variation, and what the result and experiment carry. */
function leafOf({ result }: ReturnType<typeof decide>) {
  const { experiment, experimentResult } = result;
  return {
    value: result.value,
    weights: experiment?.weights,
    bandit: experiment?.contextualBandit,
    leafId: experimentResult?.leafId,
    variationWeights: experimentResult?.variationWeights,
    banditVersion: experimentResult?.banditVersion,
  };
}

const underFans = {
  value: "low",
  weights: [1, 0],
  bandit: { leafId: 1, variationWeights: [1, 0], banditVersion: 3 },
  leafId: 1,
  variationWeights: [1, 0],
  banditVersion: 3,
};
const underRest = {
  value: "high",
  weights: [0, 1],
  bandit: { leafId: 2, variationWeights: [0, 1], banditVersion: 3 },
  leafId: 2,
  variationWeights: [0, 1],
  banditVersion: 3,
};
const fan: Context = { attributes: { id: "7", fan: true } };

Deno.test("a bandit gives the weights of the leaf whose condition holds", () => {
  assertEquals(leafOf(decide(bandit(fans, rest), {}, fan)), underFans);
});

Deno.test("a bandit gives the weights of a leaf without a condition to everybody", () => {
  assertEquals(leafOf(decide(bandit(fans, rest))), underRest);
});

Deno.test("a bandit gives the weights of the first leaf that holds", () => {
  assertEquals(leafOf(decide(bandit(rest, fans), {}, fan)), underRest);
});

Deno.test("a bandit takes an empty condition as holding", () => {
  assertEquals(leafOf(decide(bandit({ ...rest, condition: {} }))), underRest);
});

Deno.test("a bandit tests its conditions with the saved groups", () => {
  const grouped = { ...fans, condition: { id: { $inGroup: "fans" } } };
  const context = { savedGroups: { fans: ["7"] } };
  assertEquals(leafOf(decide(bandit(grouped, rest), {}, context)), underFans);
});

Deno.test("a bandit tests its conditions on overridden attributes", () => {
  const context = { attributeOverrides: { fan: true } };
  assertEquals(leafOf(decide(bandit(fans, rest), {}, context)), underFans);
});

Deno.test("a bandit's exposure carries the leaf", () => {
  const { result, events } = decide(bandit(rest));
  assertEquals(events, [{
    type: "experiment.viewed",
    experiment: {
      variations: ["low", "high"],
      key: "exp",
      weights: [0, 1],
      contextualBandit: {
        leafId: 2,
        variationWeights: [0, 1],
        banditVersion: 3,
      },
    },
    result: result.experimentResult!,
  }]);
});

Deno.test("a bandit's weights beat the rule's", () => {
  assertEquals(leafOf(decide(bandit(rest), { weights: [1, 0] })), underRest);
});

Deno.test("the rule's ranges beat the bandit's weights, which are reported all the same", () => {
  const fields = { ranges: [[0, 1], [1, 1]] } as const;
  assertEquals(leafOf(decide(bandit(rest), fields)), {
    ...underRest,
    value: "low",
  });
});

Deno.test("the rule's coverage applies to the bandit's weights", () => {
  assertEquals(
    decide(bandit(rest), { coverage: 0 }).result.source,
    "defaultValue",
  );
});

Deno.test("a bandit reports its leaf's weights verbatim, even where they can't be used", () => {
  const odd = { leafId: 4, weights: [0.1, 0.1] };
  const { weights, variationWeights } = leafOf(decide(bandit(odd)));
  assertEquals([weights, variationWeights], [[0.1, 0.1], [0.1, 0.1]]);
});

Deno.test("a bandit without a version reports none", () => {
  const { result } = decide({ pricing: { contexts: [rest] } });
  assertEquals(result.experiment?.contextualBandit, {
    leafId: 2,
    variationWeights: [0, 1],
  });
  assertEquals("banditVersion" in result.experimentResult!, false);
});

const unmatched: readonly (readonly [string, unknown])[] = [
  ["where no leaf matches", {
    pricing: { banditVersion: 3, contexts: [fans] },
  }],
  ["where there are no leaves", {
    pricing: { banditVersion: 3, contexts: [] },
  }],
  ["where the leaves are no list", {
    pricing: { banditVersion: 3, contexts: {} },
  }],
  ["where the leaves are missing", { pricing: { banditVersion: 3 } }],
  ["where a leaf is null", {
    pricing: { banditVersion: 3, contexts: [null, rest] },
  }],
  ["where a leaf's condition is malformed", {
    pricing: {
      banditVersion: 3,
      contexts: [{ ...fans, condition: { $or: null } }, rest],
    },
  }],
];

testRows(
  "a bandit reports leaf -1 and equal weights",
  unmatched,
  ([, bandits]) => {
    const { weights, bandit, leafId, variationWeights } = leafOf(
      decide(malformed(bandits)),
    );
    assertEquals(weights, undefined);
    assertEquals(bandit, {
      leafId: -1,
      variationWeights: [0.5, 0.5],
      banditVersion: 3,
    });
    assertEquals([leafId, variationWeights], [-1, [0.5, 0.5]]);
  },
);

Deno.test("a bandit none of whose leaves match skips a rule whose variations can't be counted", () => {
  const { result } = decide(bandit(), {
    contextualVariations: malformed<string[]>({ length: 2.5 }),
  });
  assertEquals(result.source, "defaultValue");
});

testRows(
  "a bandit reports leaf -1 and the rule's weights",
  unmatched,
  ([, bandits]) => {
    const decision = decide(malformed(bandits), { weights: [0, 1] });
    const { value, weights, leafId, variationWeights } = leafOf(decision);
    assertEquals([value, weights], ["high", [0, 1]]);
    assertEquals([leafId, variationWeights], [-1, [0, 1]]);
  },
);

Deno.test("a bandit is not troubled by a malformed leaf behind the one that holds", () => {
  const contexts = malformed<BanditContext[]>([rest, null, {
    condition: { $or: null },
  }]);
  assertEquals(leafOf(decide(bandit(...contexts))), underRest);
});

const absent: readonly (readonly [string, ContextualBandits | undefined])[] = [
  ["without bandits", undefined],
  ["without that bandit", { other: { contexts: [rest] } }],
  ["where the bandit is null", malformed({ pricing: null })],
];

testRows("an experiment stays as it is", absent, ([, bandits]) => {
  const { result } = decide(bandits, { weights: [0, 1] });
  assertEquals(result.experiment, {
    variations: ["low", "high"],
    key: "exp",
    weights: [0, 1],
  });
  assertEquals("leafId" in result.experimentResult!, false);
});

Deno.test("a rule without a reference has no bandit, though its variations are contextual", () => {
  const { result } = decide(bandit(rest), {
    contextualBanditRef: "",
    weights: [1, 0],
  });
  assertEquals(leafOf({ result, events: [] }).bandit, undefined);
});

Deno.test("a reference works with plain variations too", () => {
  const plain = {
    variations: ["low", "high"],
    contextualBanditRef: "pricing",
    key: "exp",
  };
  const features = { feature: { rules: [plain] } };
  const context = {
    features,
    attributes: { id: "7" },
    contextualBandits: bandit(rest),
  };
  assertEquals(evalFeature(context, "feature").experimentResult?.leafId, 2);
});

const settled: readonly (readonly [string, Context])[] = [
  ["a forced variation", { forcedVariations: { exp: 0 } }],
  ["the query string", { url: "/?exp=0" }],
  ["a force of an override", { overrides: { exp: { force: 0 } } }],
];

testRows("no leaf is reported for who is in by", settled, ([, context]) => {
  const { result } = decide(bandit(rest), {}, context);
  const { experiment, experimentResult } = result;
  assertEquals(result.value, "low");
  assertEquals("contextualBandit" in experiment!, false);
  assertEquals("leafId" in experimentResult!, false);
  assertEquals("variationWeights" in experimentResult!, false);
  assertEquals("banditVersion" in experimentResult!, false);
});

testRows(
  "the leaf's weights stay reported for who is in by",
  settled,
  ([, context]) => {
    assertEquals(decide(bandit(rest), {}, context).result.experiment?.weights, [
      0,
      1,
    ]);
  },
);

Deno.test("the leaf is reported for who is in by a sticky bucket", () => {
  const meta = [{ key: "0" }, { key: "1" }];
  const context: Context = {
    stickyBucketAssignmentDocs: {
      "id||7": {
        attributeName: "id",
        attributeValue: "7",
        assignments: { exp__0: "0" },
      },
    },
  };
  const { result } = decide(bandit(rest), { meta }, context);
  assertEquals([result.value, result.experimentResult?.leafId], ["low", 2]);
  assertEquals(result.experiment?.contextualBandit?.leafId, 2);
});

Deno.test("two bandits of one definition are told apart", () => {
  const features = { feature: { rules: [rule] } };
  const attributes = { id: "7" };
  const first = { features, attributes, contextualBandits: bandit(rest) };
  const second = {
    features,
    attributes,
    contextualBandits: bandit({ leafId: 9, weights: [1, 0] }),
  };
  assertEquals(evalFeature(first, "feature").experimentResult?.leafId, 2);
  assertEquals(evalFeature(second, "feature").experimentResult?.leafId, 9);
  assertEquals(evalFeature(first, "feature").experimentResult?.leafId, 2);
});
