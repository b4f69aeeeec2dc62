import { assert, assertEquals } from "@std/assert";
import {
  type Context,
  decideAutoExperiments,
  decideExperiment,
  type Experiment,
  runExperiment,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { referenceHash } from "../../support/evaluation/reference_hash.ts";
import { testRows } from "../../support/test_rows.ts";

const attributes = { id: "7" };
const base: Experiment<string> = {
  key: "exp",
  variations: ["control", "treatment"],
  weights: [0, 1],
};

/** Where user 7 ends: the variation, and how it came about. */
type Outcome = "out" | `${"hashed" | "settled"} ${number}`;

function outcome(fields: object, context: object = {}): Outcome {
  const { inExperiment, hashUsed, variationId, value } = runExperiment<string>(
    { attributes, ...context },
    { ...base, ...fields },
  );
  assertEquals(value, inExperiment ? base.variations[variationId] : "control");
  if (inExperiment) return `${hashUsed ? "hashed" : "settled"} ${variationId}`;
  assertEquals([variationId, hashUsed], [0, false]);
  return "out";
}

type Row = readonly [
  fact: string,
  fields: object,
  context: object,
  expected: Outcome,
];

const status: readonly Row[] = [
  ["lets everybody in by default", {}, {}, "hashed 1"],
  ["lets in when enabled", {}, { enabled: true }, "hashed 1"],
  ["keeps everybody out when not enabled", {}, { enabled: false }, "out"],
  [
    "keeps out only for enabled false, not for null",
    {},
    { enabled: null },
    "hashed 1",
  ],
  ["keeps everybody out of a draft", { status: "draft" }, {}, "out"],
  ["keeps everybody out when not active", { active: false }, {}, "out"],
  ["lets in when active", { active: true }, {}, "hashed 1"],
  [
    "keeps out only for active false, not for null",
    { active: null },
    {},
    "hashed 1",
  ],
  ["lets in while running", { status: "running" }, {}, "hashed 1"],
  [
    "lets in with a status that is unheard of",
    { status: "paused" },
    {},
    "hashed 1",
  ],
  ["keeps everybody out when stopped", { status: "stopped" }, {}, "out"],
  ["keeps everybody out in QA mode", {}, { qaMode: true }, "out"],
  ["lets in without QA mode", {}, { qaMode: false }, "hashed 1"],
  ["keeps out without a hash value", {}, { attributes: {} }, "out"],
];

const patterns = (pattern: string, include = true) => ({
  urlPatterns: [{ type: "simple", include, pattern }],
});
const url = "https://shop.example/cart?step=2#top";

const urls: readonly Row[] = [
  [
    "lets in on a page that is targeted",
    patterns("/cart"),
    { url },
    "hashed 1",
  ],
  ["keeps out on another page", patterns("/home"), { url }, "out"],
  [
    "keeps out on a page that is ruled out",
    patterns("/cart", false),
    { url },
    "out",
  ],
  [
    "keeps out where the list of pages is empty",
    { urlPatterns: [] },
    { url },
    "out",
  ],
  [
    "keeps out where the list of pages is empty and there is no URL",
    { urlPatterns: [] },
    {},
    "out",
  ],
  ["takes a missing URL as the root of no host", patterns("/"), {}, "hashed 1"],
  [
    "takes a missing URL as of the host _",
    patterns("https://_/"),
    {},
    "hashed 1",
  ],
  [
    "keeps out for a missing URL where a path is targeted",
    patterns("/cart"),
    {},
    "out",
  ],
  ["takes null for pages as none", { urlPatterns: null }, { url }, "hashed 1"],
  [
    "matches a legacy URL pattern on the whole URL",
    { url: /^https:\/\/shop/ },
    { url },
    "hashed 1",
  ],
  [
    "matches a legacy URL pattern on the URL without scheme and host",
    { url: /^\/cart/ },
    { url },
    "hashed 1",
  ],
  [
    "keeps out where the legacy URL pattern does not match",
    { url: /^\/home/ },
    { url },
    "out",
  ],
  [
    "keeps out where there is a legacy URL pattern but no URL",
    { url: /.*/ },
    {},
    "out",
  ],
  [
    "keeps out where there is a legacy URL pattern but an empty URL",
    { url: /.*/ },
    { url: "" },
    "out",
  ],
];

const queries: readonly Row[] = [
  ["takes the variation from the query string", {}, {
    url: "https://a.example/?exp=0",
  }, "settled 0"],
  ["takes any variation from the query string", {}, {
    url: "https://a.example/?exp=1",
  }, "settled 1"],
  ["hashes where the query string is out of bounds", {}, {
    url: "https://a.example/?exp=2",
  }, "hashed 1"],
  ["hashes where the query string is negative", {}, {
    url: "https://a.example/?exp=-1",
  }, "hashed 1"],
  ["hashes where the query string has no number", {}, {
    url: "https://a.example/?exp=x",
  }, "hashed 1"],
  ["hashes where the query string has another key", {}, {
    url: "https://a.example/?other=0",
  }, "hashed 1"],
  [
    "hashes where there is no query string",
    {},
    { url: "https://a.example/" },
    "hashed 1",
  ],
  ["takes the query string for a user without a hash value", {}, {
    attributes: {},
    url: "/?exp=1",
  }, "settled 1"],
  ["takes the query string for a draft", { status: "draft" }, {
    url: "/?exp=0",
  }, "settled 0"],
  ["takes the query string when stopped", { status: "stopped" }, {
    url: "/?exp=0",
  }, "settled 0"],
  [
    "takes the query string in QA mode",
    {},
    { qaMode: true, url: "/?exp=0" },
    "settled 0",
  ],
];

const forcedVariations = (variation: unknown) => ({
  forcedVariations: { exp: variation },
});

const forced: readonly Row[] = [
  [
    "takes the variation that the context forces",
    {},
    forcedVariations(0),
    "settled 0",
  ],
  [
    "takes any variation that the context forces",
    {},
    forcedVariations(1),
    "settled 1",
  ],
  [
    "keeps out where the context forces one out of bounds",
    {},
    forcedVariations(2),
    "out",
  ],
  [
    "keeps out where the context forces a negative one",
    {},
    forcedVariations(-1),
    "out",
  ],
  ["hashes where the context forces another experiment's", {}, {
    forcedVariations: { other: 0 },
  }, "hashed 1"],
  [
    "hashes where the context forces none",
    {},
    { forcedVariations: {} },
    "hashed 1",
  ],
  ["hashes where the forced variations are null", {}, {
    forcedVariations: null,
  }, "hashed 1"],
  ["takes a forced variation for a user without a hash value", {}, {
    attributes: {},
    ...forcedVariations(1),
  }, "settled 1"],
  ["takes a forced variation in QA mode", {}, {
    qaMode: true,
    ...forcedVariations(0),
  }, "settled 0"],
  [
    "takes a forced variation when stopped",
    { status: "stopped" },
    forcedVariations(0),
    "settled 0",
  ],
  ["takes the variation that it forces itself", { force: 0 }, {}, "settled 0"],
  ["takes any variation that it forces itself", { force: 1 }, {}, "settled 1"],
  ["keeps out where it forces one out of bounds", { force: 2 }, {}, "out"],
  ["keeps out where it forces a negative one", { force: -1 }, {}, "out"],
  ["keeps out where it forces undefined", { force: undefined }, {}, "out"],
];

const targeting: readonly Row[] = [
  [
    "lets in whom its condition meets",
    { condition: { id: "7" } },
    {},
    "hashed 1",
  ],
  ["keeps out whom it does not", { condition: { id: "8" } }, {}, "out"],
  ["lets in with an empty condition", { condition: {} }, {}, "hashed 1"],
  ["takes a null condition as none", { condition: null }, {}, "hashed 1"],
  [
    "tests its condition with the saved groups",
    { condition: { id: { $inGroup: "g" } } },
    { savedGroups: { g: ["7"] } },
    "hashed 1",
  ],
  [
    "keeps out with a malformed condition",
    { condition: { $or: null } },
    {},
    "out",
  ],
  ["lets in whom include() includes", { include: () => true }, {}, "hashed 1"],
  ["lets in for a truthy include()", { include: () => "yes" }, {}, "hashed 1"],
  [
    "keeps out whom include() does not include",
    { include: () => false },
    {},
    "out",
  ],
  ["keeps out for a falsy include()", { include: () => undefined }, {}, "out"],
  [
    "keeps out when include() throws",
    {
      include: () => {
        throw new Error("broken");
      },
    },
    {},
    "out",
  ],
  ["lets in who is in one of its groups", { groups: ["a", "b"] }, {
    groups: { b: true },
  }, "hashed 1"],
  ["keeps out who is in none of its groups", { groups: ["a", "b"] }, {
    groups: { c: true },
  }, "out"],
  ["keeps out whose group is falsy", { groups: ["a"] }, {
    groups: { a: false },
  }, "out"],
  [
    "lets in whose group is truthy",
    { groups: ["a"] },
    { groups: { a: "yes" } },
    "hashed 1",
  ],
  [
    "keeps out where there are groups but none in the context",
    { groups: ["a"] },
    {},
    "out",
  ],
  ["keeps out where its list of groups is empty", { groups: [] }, {
    groups: { a: true },
  }, "out"],
];

const hashedTo = referenceHash("exp", "7", 1);
const spaceOf7 = referenceHash("__space", "7", 1);
const halves = { weights: [0.5, 0.5] };
const byHash = (seed: string, version: 1 | 2): Outcome =>
  `hashed ${referenceHash(seed, "7", version) < 0.5 ? 0 : 1}`;

const bucketing: readonly Row[] = [
  ["hashes with its key by default", halves, {}, byHash("exp", 1)],
  [
    "hashes with its seed",
    { ...halves, seed: "seed-3" },
    {},
    byHash("seed-3", 1),
  ],
  [
    "hashes with its key where the seed is empty",
    { ...halves, seed: "" },
    {},
    byHash("exp", 1),
  ],
  [
    "hashes with version 2",
    { ...halves, hashVersion: 2 },
    {},
    byHash("exp", 2),
  ],
  ["takes version 0 as 1", { ...halves, hashVersion: 0 }, {}, byHash("exp", 1)],
  [
    "keeps everybody out with an unknown version",
    { hashVersion: 3 },
    {},
    "out",
  ],
  [
    "keeps everybody out with a version that is a text",
    { hashVersion: "2" },
    {},
    "out",
  ],
  ["keeps everybody out with coverage 0", { coverage: 0 }, {}, "out"],
  [
    "lets its ranges beat weights and coverage",
    { ranges: [[0, 1], [1, 1]], coverage: 0 },
    {},
    "hashed 0",
  ],
  ["takes null for ranges as none", { ranges: null }, {}, "hashed 1"],
  [
    "keeps out between its ranges",
    { ranges: [[0, hashedTo], [hashedTo + 0.001, 1]] },
    {},
    "out",
  ],
  [
    "lets in at the start of a range",
    { ranges: [[0, 0], [hashedTo, 1]] },
    {},
    "hashed 1",
  ],
  ["keeps out with empty ranges", { ranges: [] }, {}, "out"],
  [
    "has the first of two ranges that overlap decide",
    { ranges: [[0, 1], [0, 1]] },
    {},
    "hashed 0",
  ],
  [
    "uses equal weights where there are none",
    { weights: undefined },
    {},
    byHash("exp", 1),
  ],
  [
    "uses equal weights where they don't sum to 1",
    { weights: [0, 0.5] },
    {},
    byHash("exp", 1),
  ],
  [
    "lets in who is in its part of a namespace",
    { namespace: ["space", spaceOf7, 1] },
    {},
    "hashed 1",
  ],
  ["keeps out who is not", { namespace: ["space", 0, spaceOf7] }, {}, "out"],
  [
    "ignores the namespace where there are filters",
    { namespace: ["space", 0, 0], filters: [{ seed: "f", ranges: [[0, 1]] }] },
    {},
    "hashed 1",
  ],
  [
    "ignores the namespace also where the list of filters is empty",
    { namespace: ["space", 0, 0], filters: [] },
    {},
    "hashed 1",
  ],
  [
    "hashes the namespace by its own hash attribute",
    { namespace: ["space", 0, 1], hashAttribute: "company" },
    { attributes: { company: "7" } },
    "hashed 1",
  ],
];

testRows("runExperiment()", [
  ...status,
  ...urls,
  ...queries,
  ...forced,
  ...targeting,
  ...bucketing,
], ([, fields, context, expected]) => {
  assertEquals(outcome(fields, context), expected);
});

for (const variations of [[], ["only"]]) {
  Deno.test(`runExperiment() keeps everybody out with ${variations.length} variations`, () => {
    const experiment = { ...base, variations, force: 0 };
    const { inExperiment, variationId } = runExperiment(
      { attributes },
      experiment,
    );
    assertEquals([inExperiment, variationId], [false, 0]);
  });
}

Deno.test("runExperiment() spreads users by weight", () => {
  const counts = [0, 0, 0];
  const experiment = {
    key: "spread",
    variations: [0, 1, 2],
    weights: [0.2, 0.3, 0.5],
  };
  for (let user = 0; user < 10_000; user++) {
    const context = { attributes: { id: `user-${user}` } };
    const { variationId } = runExperiment(context, experiment);
    counts[variationId] = counts[variationId]! + 1;
  }
  for (const [index, weight] of experiment.weights.entries()) {
    assert(Math.abs(counts[index]! / 10_000 - weight) < 0.03, `${counts}`);
  }
});

Deno.test("runExperiment() calls include() each time, since its answer may change", () => {
  let calls = 0;
  const experiment = { ...base, include: () => ++calls > 1 };
  assertEquals(runExperiment({ attributes }, experiment).inExperiment, false);
  assertEquals(runExperiment({ attributes }, experiment).inExperiment, true);
});

const malformedExperiments: readonly (readonly [string, unknown])[] = [
  ["that is null", null],
  ["that is undefined", undefined],
  ["that is a string", "exp"],
  ["that is empty", {}],
  ["without variations", { key: "exp" }],
  ["whose variations are null", { key: "exp", variations: null }],
  ["whose ranges hold null", { ...base, ranges: [null] }],
  ["whose ranges are an object", { ...base, ranges: {} }],
  ["whose namespace is a number", { ...base, namespace: 5 }],
  ["whose filters are an object", { ...base, filters: {} }],
  ["whose parent conditions hold null", { ...base, parentConditions: [null] }],
  ["whose groups are a number", { ...base, groups: 5 }],
  ["whose meta is shorter than its variations", {
    ...base,
    meta: [{ key: "0" }],
  }],
  ["whose include is no function", { ...base, include: 5 }],
];

testRows(
  "runExperiment() keeps everybody out of one",
  malformedExperiments,
  ([, experiment]) => {
    const { inExperiment, hashUsed, variationId } = runExperiment(
      { attributes },
      malformed<Experiment>(experiment),
    );
    assertEquals([inExperiment, hashUsed, variationId], [false, false, 0]);
  },
);

testRows(
  "decideExperiment() has no event for one",
  malformedExperiments,
  ([, experiment]) => {
    const decision = decideExperiment(
      { attributes },
      malformed<Experiment>(experiment),
    );
    assertEquals(decision.events, []);
  },
);

Deno.test("runExperiment() gives a whole result for what is no experiment", () => {
  assertEquals<unknown>(
    runExperiment({ attributes }, malformed<Experiment>(null)),
    {
      key: "0",
      featureId: null,
      inExperiment: false,
      hashUsed: false,
      variationId: 0,
      value: null,
      hashAttribute: "id",
      hashValue: "",
      stickyBucketUsed: false,
    },
  );
});

// The official SDK looks these up as they are, and reports what it was given.
const oddIndices: readonly (readonly [string, unknown, unknown, string])[] = [
  ["null", null, undefined, "null"],
  ["a fraction", 0.5, undefined, "0.5"],
  ["a text", "1", "treatment", "1"],
];

testRows(
  "runExperiment() takes a forced variation as it is:",
  oddIndices,
  ([, index, value, key]) => {
    for (
      const [context, fields] of [[{ forcedVariations: { exp: index } }, {}], [
        {},
        { force: index },
      ]]
    ) {
      const result = runExperiment<unknown>(
        malformed<Context>({ attributes, ...context }),
        malformed<Experiment<unknown>>({ ...base, ...fields }),
      );
      assertEquals(
        [
          result.variationId,
          result.value,
          result.key,
          result.inExperiment,
          result.hashUsed,
        ],
        [index, value, key, true, false],
      );
    }
  },
);

// Where neither is a text, the official SDK adds them up, and a number has no code units to hash.
for (const [seed, id] of [[5, 7], [true, true]] as const) {
  Deno.test(`runExperiment() hashes nothing for the seed ${seed} and the value ${id}`, () => {
    const experiment = malformed<Experiment>({
      key: "exp",
      variations: ["a", "b"],
      seed,
    });
    const nothing = (0x811c9dc5 % 1000) / 1000;
    assertEquals(
      runExperiment({ attributes: { id } }, experiment).bucket,
      nothing,
    );
    assertEquals(
      runExperiment({ attributes: { id: String(id) } }, experiment).bucket,
      referenceHash(String(seed), String(id), 1),
    );
  });
}

Deno.test("runExperiment() hashes nothing again with version 2", () => {
  const experiment = malformed<Experiment>({
    key: "exp",
    variations: ["a", "b"],
    seed: 5,
    hashVersion: 2,
  });
  assertEquals(
    runExperiment({ attributes: { id: 7 } }, experiment).bucket,
    referenceHash("", "", 2),
  );
});

const malformedContexts: readonly (readonly [string, unknown])[] = [
  ["that are null", { attributes: null }],
  ["that are a string", { attributes: "id" }],
  ["that are a number", { attributes: 7 }],
];

testRows(
  "runExperiment() finds no hash value in attributes",
  malformedContexts,
  ([, context]) => {
    assertEquals(
      runExperiment(malformed<Context>(context), base).hashValue,
      "",
    );
  },
);

Deno.test("runExperiment(), decideExperiment() and decideAutoExperiments() take a context that can't be read for an empty one", () => {
  const fail = () => {
    throw new Error("no");
  };
  const experiment = { key: "exp", variations: [0, 1] };
  const hostile = Object.defineProperty({}, "attributes", { get: fail });
  for (const context of [hostile, new Proxy({}, { get: fail })]) {
    const expected = runExperiment({}, experiment);
    assertEquals(runExperiment(context, experiment), expected);
    assertEquals(decideExperiment(context, experiment).result, expected);
    assertEquals(decideAutoExperiments(context).result.changes, []);
  }
});
