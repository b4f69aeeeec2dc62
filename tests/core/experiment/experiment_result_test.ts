import { assertEquals } from "@std/assert";
import {
  type Context,
  decideExperiment,
  type Experiment,
  type ExperimentResult,
  runExperiment,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

const attributes = { id: "7" };
const bucket = 0.585;
const base: Experiment<string> = {
  key: "exp",
  variations: ["control", "treatment"],
  weights: [0, 1],
};
const out: ExperimentResult = {
  key: "0",
  featureId: null,
  inExperiment: false,
  hashUsed: false,
  variationId: 0,
  value: "control",
  hashAttribute: "id",
  hashValue: "7",
  stickyBucketUsed: false,
};
const settled: ExperimentResult = {
  ...out,
  key: "1",
  inExperiment: true,
  variationId: 1,
  value: "treatment",
};
const hashed: ExperimentResult = { ...settled, hashUsed: true, bucket };
const meta = [
  { key: "c", name: "Control", passthrough: true },
  { key: "t", name: "Treatment", passthrough: true },
];
const metaOfControl = { key: "c", name: "Control", passthrough: true };
const metaOfTreatment = { key: "t", name: "Treatment", passthrough: true };
const found = {
  stickyBucketAssignmentDocs: {
    "id||7": {
      attributeName: "id",
      attributeValue: "7",
      assignments: { exp__0: "t" },
    },
  },
};

type Row = readonly [
  fact: string,
  fields: Partial<Experiment<string>>,
  context: Context,
  expected: ExperimentResult,
];

const rows: readonly Row[] = [
  ["in by hash has a bucket", {}, {}, hashed],
  ["in by the query string has none", {}, { url: "/?exp=1" }, settled],
  [
    "in by a forced variation has none",
    {},
    { forcedVariations: { exp: 1 } },
    settled,
  ],
  ["in by its own force has none", { force: 1 }, {}, settled],
  ["out has none", { coverage: 0 }, {}, out],
  ["out in QA mode, after hashing, has none", {}, { qaMode: true }, out],
  ["out without a hash value reports an empty text", {}, { attributes: {} }, {
    ...out,
    hashValue: "",
  }],
  ["out by enabled false reports the hash value all the same", {}, {
    enabled: false,
  }, out],
  [
    "out by URL patterns reports the hash value all the same",
    { urlPatterns: [] },
    {},
    out,
  ],
  ["in by a forced variation reports that there is no hash value", {}, {
    attributes: {},
    forcedVariations: { exp: 1 },
  }, { ...settled, hashValue: "" }],
  ["in by hash has the variation's key, name and passthrough", { meta }, {}, {
    ...hashed,
    ...metaOfTreatment,
  }],
  ["in by the query string has them too", { meta }, { url: "/?exp=1" }, {
    ...settled,
    ...metaOfTreatment,
  }],
  ["in by a forced variation has them too", { meta }, {
    forcedVariations: { exp: 1 },
  }, { ...settled, ...metaOfTreatment }],
  ["in by its own force has them too", { meta, force: 1 }, {}, {
    ...settled,
    ...metaOfTreatment,
  }],
  ["out has those of the first variation", { meta, coverage: 0 }, {}, {
    ...out,
    ...metaOfControl,
  }],
  ["out by enabled false has those of the first variation", { meta }, {
    enabled: false,
  }, { ...out, ...metaOfControl }],
  [
    "out by a forced variation out of bounds has those of the first variation",
    { meta },
    { forcedVariations: { exp: 5 } },
    { ...out, ...metaOfControl },
  ],
  [
    "has the index for a key where the meta has none",
    { meta: [{}, { name: "T" }] },
    {},
    { ...hashed, name: "T" },
  ],
  [
    "has the index for a key where the meta's is empty",
    { meta: [{}, { key: "" }] },
    {},
    hashed,
  ],
  [
    "has no name where the meta's is empty",
    { meta: [{}, { key: "t", name: "" }] },
    {},
    { ...hashed, key: "t" },
  ],
  [
    "has no passthrough where the meta's is false",
    { meta: [{}, { key: "t", passthrough: false }] },
    {},
    { ...hashed, key: "t" },
  ],
  [
    "in by a sticky bucket says so, and has a bucket",
    { meta, weights: [1, 0] },
    found,
    { ...hashed, ...metaOfTreatment, stickyBucketUsed: true },
  ],
  [
    "out by a blocked version says that a sticky bucket was used",
    { minBucketVersion: 1, bucketVersion: 1 },
    found,
    { ...out, stickyBucketUsed: true },
  ],
  [
    "in by a forced variation says that no sticky bucket was used",
    { meta },
    { ...found, forcedVariations: { exp: 1 } },
    { ...settled, ...metaOfTreatment },
  ],
  [
    "in by a sticky bucket and then its own force says so not",
    { meta, force: 0 },
    found,
    { ...out, ...metaOfControl, inExperiment: true },
  ],
  [
    "reports the fallback attribute that was used",
    { hashAttribute: "user", fallbackAttribute: "id" },
    { stickyBucketAssignmentDocs: {} },
    hashed,
  ],
  [
    "out reports the hash attribute where no fallback helped",
    { hashAttribute: "user" },
    {},
    { ...out, hashAttribute: "user", hashValue: "" },
  ],
];

testRows("the result of a user", rows, ([, fields, context, expected]) => {
  const result: ExperimentResult = runExperiment(
    { attributes, ...context },
    { ...base, ...fields },
  );
  assertEquals(result, expected);
});

Deno.test("a variation may be any value", () => {
  for (const value of [null, false, 0, "", [1], { a: 1 }]) {
    const experiment = {
      key: "exp",
      variations: ["x", value],
      weights: [0, 1],
    };
    assertEquals(runExperiment({ attributes }, experiment).value, value);
  }
});

const beyond = { ranges: [[0, 0], [0, 0], [0, 1]] } as const;
const beyondResult = { ...out, hashUsed: true, bucket };

Deno.test("an index past the last variation reports the first, and not to be in", () => {
  assertEquals<ExperimentResult>(
    runExperiment({ attributes }, { ...base, ...beyond }),
    beyondResult,
  );
});

Deno.test("an index past the last variation is exposed all the same", () => {
  const experiment = { ...base, ...beyond };
  assertEquals(decideExperiment({ attributes }, experiment).events, [
    { type: "experiment.viewed", experiment, result: beyondResult },
  ]);
});

Deno.test("an index past the last variation is recorded all the same", () => {
  const experiment = { ...base, ...beyond };
  const context = { attributes, stickyBucketAssignmentDocs: {} };
  assertEquals(decideExperiment(context, experiment).events[0], {
    type: "sticky-bucket.assigned",
    attributeName: "id",
    attributeValue: "7",
    assignments: { exp__0: "0" },
  });
});

Deno.test("a sticky bucket past the last variation reports the first, and not to be in", () => {
  const experiment = {
    ...base,
    meta: [{ key: "c" }, { key: "x" }, { key: "t" }],
  };
  assertEquals<ExperimentResult>(
    runExperiment({ attributes, ...found }, experiment),
    { ...beyondResult, key: "c", stickyBucketUsed: true },
  );
});

Deno.test("without variations, there is no value", () => {
  const result = runExperiment({ attributes }, { key: "exp", variations: [] });
  assertEquals([result.key, result.variationId, result.value ?? null], [
    "0",
    0,
    null,
  ]);
});

const shortMeta: readonly (readonly [string, Context, object])[] = [
  ["by hash", {}, {}],
  ["by the query string", { url: "/?exp=1" }, {}],
  ["by a forced variation", { forcedVariations: { exp: 1 } }, {}],
  ["by its own force", {}, { force: 1 }],
];

testRows(
  "nobody gets a variation that the meta lacks",
  shortMeta,
  ([, context, fields]) => {
    const { inExperiment, variationId } = runExperiment(
      { attributes, ...context },
      malformed<Experiment>({ ...base, meta: [{ key: "c" }], ...fields }),
    );
    assertEquals([inExperiment, variationId], [false, 0]);
  },
);
