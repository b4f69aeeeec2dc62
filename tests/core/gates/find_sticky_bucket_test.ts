import { assertEquals } from "@std/assert";
import {
  type Attributes,
  type Context,
  decideFeature,
  type Experiment,
  type FeatureDefinition,
  runExperiment,
  type StickyAssignmentDocuments,
  type StickyAssignments,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

// By hash, everybody gets the control; the treatment comes from a sticky bucket only.
const base: Experiment<string> = {
  key: "exp",
  variations: ["control", "treatment"],
  weights: [1, 0],
  meta: [{ key: "c" }, { key: "t" }],
};

/** A record with one document. */
function document(
  attributeName: string,
  attributeValue: string,
  assignments: StickyAssignments,
): StickyAssignmentDocuments {
  return {
    [`${attributeName}||${attributeValue}`]: {
      attributeName,
      attributeValue,
      assignments,
    },
  };
}

const treated = { exp__0: "t" };

type Outcome = "found" | "hashed" | "blocked" | "out";

function outcome(
  documents: StickyAssignmentDocuments | undefined,
  fields: object,
  attributes: Attributes,
): Outcome {
  const context = documents === undefined
    ? {}
    : { stickyBucketAssignmentDocs: documents };
  const { inExperiment, stickyBucketUsed, value } = runExperiment<string>(
    { attributes, ...context },
    { ...base, ...fields },
  );
  if (!inExperiment) return stickyBucketUsed ? "blocked" : "out";
  assertEquals(value, stickyBucketUsed ? "treatment" : "control");
  return stickyBucketUsed ? "found" : "hashed";
}

type Row = readonly [
  fact: string,
  documents: StickyAssignmentDocuments | undefined,
  fields: object,
  attributes: Attributes,
  expected: Outcome,
];

const id7 = { id: "7" };
const byCompany = { hashAttribute: "company" };
const byCompanyOrDevice = { ...byCompany, fallbackAttribute: "device" };

const lookup: readonly Row[] = [
  [
    "is found in the hash attribute's document",
    document("id", "7", treated),
    {},
    id7,
    "found",
  ],
  ["is not found where there is none", {}, {}, id7, "hashed"],
  ["is not found while sticky bucketing is off", undefined, {}, id7, "hashed"],
  [
    "is not found where the experiment disables it",
    document("id", "7", treated),
    { disableStickyBucketing: true },
    id7,
    "hashed",
  ],
  [
    "is not found in the document of another value",
    document("id", "8", treated),
    {},
    id7,
    "hashed",
  ],
  [
    "is not found in the document of another attribute",
    document("user", "7", treated),
    {},
    { id: "7", user: "7" },
    "hashed",
  ],
  [
    "is not found under another experiment's key",
    document("id", "7", { other__0: "t" }),
    {},
    id7,
    "hashed",
  ],
  [
    "is not found under the experiment's seed",
    document("id", "7", { seed__0: "t" }),
    { seed: "seed" },
    id7,
    "hashed",
  ],
  [
    "is found for a number under its JSON text",
    document("id", "7", treated),
    {},
    { id: 7 },
    "found",
  ],
  [
    "is found for a boolean under its JSON text",
    document("id", "true", treated),
    {},
    { id: true },
    "found",
  ],
  [
    "is found for an array under its JSON text",
    document("id", '["a",1]', treated),
    {},
    { id: ["a", 1] },
    "found",
  ],
  [
    "is not found for an array under its plain text",
    document("id", "a,1", treated),
    {},
    { id: ["a", 1] },
    "hashed",
  ],
  [
    "is found for an object under its JSON text",
    document("id", '{"a":1}', treated),
    {},
    { id: { a: 1 } },
    "found",
  ],
  [
    "is found in the fallback's document",
    document("device", "d", treated),
    byCompanyOrDevice,
    { company: "c", device: "d" },
    "found",
  ],
  [
    "is found in the fallback's document for who has no hash attribute",
    document("device", "d", treated),
    byCompanyOrDevice,
    { device: "d" },
    "found",
  ],
  [
    "is found in the document of an empty hash attribute where the fallback has a value",
    document("company", "", treated),
    byCompanyOrDevice,
    { company: "", device: "d" },
    "found",
  ],
  [
    "is found in the document of id where no fallback is named",
    document("id", "7", treated),
    byCompany,
    { company: "c", id: "7" },
    "found",
  ],
  [
    "is not found in the document of id where another fallback is named",
    document("id", "7", treated),
    byCompanyOrDevice,
    { company: "c", id: "7" },
    "hashed",
  ],
  [
    "is not found in the document of a fallback without a value",
    document("device", "", treated),
    byCompanyOrDevice,
    { company: "c", device: "" },
    "hashed",
  ],
  [
    "is not found in the document of a fallback that is 0",
    document("device", "0", treated),
    byCompanyOrDevice,
    { company: "c", device: 0 },
    "hashed",
  ],
  [
    "is found in the hash attribute's document before the fallback's",
    {
      ...document("company", "c", treated),
      ...document("device", "d", { exp__0: "c" }),
    },
    byCompanyOrDevice,
    { company: "c", device: "d" },
    "found",
  ],
  [
    "is found in the fallback's document where the hash attribute's has others",
    {
      ...document("company", "c", { other__0: "c" }),
      ...document("device", "d", treated),
    },
    byCompanyOrDevice,
    { company: "c", device: "d" },
    "found",
  ],
  [
    "in the hash attribute's document hides the fallback's, also when it is unknown",
    {
      ...document("company", "c", { exp__0: "gone" }),
      ...document("device", "d", treated),
    },
    byCompanyOrDevice,
    { company: "c", device: "d" },
    "hashed",
  ],
  ["needs a hash value", document("id", "", treated), {}, { id: "" }, "out"],
];

const versions: readonly Row[] = [
  [
    "is of version 0 by default",
    document("id", "7", { exp__0: "t" }),
    {},
    id7,
    "found",
  ],
  [
    "is found under its version",
    document("id", "7", { exp__2: "t" }),
    { bucketVersion: 2 },
    id7,
    "found",
  ],
  [
    "is not found under another version",
    document("id", "7", { exp__1: "t" }),
    { bucketVersion: 2 },
    id7,
    "hashed",
  ],
  [
    "is not found under a later version",
    document("id", "7", { exp__3: "t" }),
    { bucketVersion: 2 },
    id7,
    "hashed",
  ],
  [
    "of a version below the lowest blocks",
    document("id", "7", { exp__1: "t" }),
    { bucketVersion: 2, minBucketVersion: 2 },
    id7,
    "blocked",
  ],
  [
    "of version 0 blocks as well",
    document("id", "7", { exp__0: "t" }),
    { bucketVersion: 2, minBucketVersion: 2 },
    id7,
    "blocked",
  ],
  [
    "of a version below the lowest blocks even beside the current one",
    document("id", "7", { exp__0: "t", exp__2: "t" }),
    { bucketVersion: 2, minBucketVersion: 1 },
    id7,
    "blocked",
  ],
  [
    "of a version below the lowest blocks whatever its variation",
    document("id", "7", { exp__0: "gone" }),
    { bucketVersion: 1, minBucketVersion: 1 },
    id7,
    "blocked",
  ],
  [
    "of a version below the lowest blocks without meta",
    document("id", "7", { exp__0: "t" }),
    { bucketVersion: 1, minBucketVersion: 1, meta: undefined },
    id7,
    "blocked",
  ],
  [
    "of the lowest version does not block",
    document("id", "7", { exp__1: "t" }),
    { bucketVersion: 1, minBucketVersion: 1 },
    id7,
    "found",
  ],
  [
    "of an older version that is not below the lowest is not found",
    document("id", "7", { exp__1: "t" }),
    { bucketVersion: 2, minBucketVersion: 1 },
    id7,
    "hashed",
  ],
  [
    "blocks nothing with 0 for the lowest",
    document("id", "7", { exp__0: "t" }),
    { minBucketVersion: 0 },
    id7,
    "found",
  ],
  [
    "of another experiment blocks nothing",
    document("id", "7", { other__0: "t" }),
    { bucketVersion: 1, minBucketVersion: 1 },
    id7,
    "hashed",
  ],
  [
    "of an experiment whose key begins the same blocks nothing",
    document("id", "7", { exp__a__0: "t" }),
    { bucketVersion: 1, minBucketVersion: 1 },
    id7,
    "hashed",
  ],
  [
    "in the fallback's document blocks too",
    document("device", "d", { exp__0: "t" }),
    { ...byCompanyOrDevice, bucketVersion: 1, minBucketVersion: 1 },
    { company: "c", device: "d" },
    "blocked",
  ],
  [
    "blocks nothing while sticky bucketing is off",
    undefined,
    { bucketVersion: 1, minBucketVersion: 1 },
    id7,
    "hashed",
  ],
  [
    "blocks nothing where the experiment disables it",
    document("id", "7", { exp__0: "t" }),
    { bucketVersion: 1, minBucketVersion: 1, disableStickyBucketing: true },
    id7,
    "hashed",
  ],
];

const variations: readonly Row[] = [
  [
    "whose variation is not in the meta is none",
    document("id", "7", { exp__0: "gone" }),
    {},
    id7,
    "hashed",
  ],
  [
    "goes by the meta's key, not by the index",
    document("id", "7", { exp__0: "1" }),
    {},
    id7,
    "hashed",
  ],
  [
    "is not found without meta",
    document("id", "7", { exp__0: "1" }),
    { meta: undefined },
    id7,
    "hashed",
  ],
  [
    "is not found where the meta has no keys",
    document("id", "7", { exp__0: "1" }),
    { meta: [{}, {}] },
    id7,
    "hashed",
  ],
  [
    "that is an empty text is found like any other",
    document("id", "7", { exp__0: "" }),
    { meta: [{ key: "c" }, { key: "" }] },
    id7,
    "found",
  ],
];

testRows(
  "a sticky bucket",
  [...lookup, ...versions, ...variations],
  ([, documents, fields, attributes, expected]) => {
    assertEquals(outcome(documents, fields, attributes), expected);
  },
);

Deno.test("the fallback is not even read while sticky bucketing is off", () => {
  const attributes = {
    company: "c",
    get device(): string {
      throw new Error("Nobody may know");
    },
  };
  const { inExperiment } = runExperiment(
    { attributes, forcedVariations: {} },
    { ...base, ...byCompanyOrDevice },
  );
  assertEquals(inExperiment, true);
});

const malformedDocuments: readonly (readonly [string, unknown])[] = [
  ["null", { "id||7": null }],
  ["a string", { "id||7": "t" }],
  ["without assignments", {
    "id||7": { attributeName: "id", attributeValue: "7" },
  }],
  ["with null for assignments", {
    "id||7": { attributeName: "id", attributeValue: "7", assignments: null },
  }],
  ["with a text for assignments", {
    "id||7": { attributeName: "id", attributeValue: "7", assignments: "t" },
  }],
];

testRows(
  "a sticky bucket is not found in a document that is",
  malformedDocuments,
  ([, documents]) => {
    assertEquals(outcome(malformed(documents), {}, id7), "hashed");
  },
);

const wants = (value: string) => [{ id: "parent", condition: { value } }];

/** Decides the feature `feature`, with sticky bucketing on. */
function decide(
  rules: FeatureDefinition["rules"] & object,
  context: Context = {},
) {
  return decideFeature({
    attributes: id7,
    stickyBucketAssignmentDocs: {},
    ...context,
    features: {
      feature: { defaultValue: "default", rules },
      ...context.features,
    },
  }, "feature");
}

// An earlier rule gives the treatment and passes on; by hash, the later one gives the control.
const assigning = {
  key: "exp",
  variations: ["control", "treatment"],
  weights: [0, 1],
  meta: [{ key: "c" }, { key: "t", passthrough: true }],
};

Deno.test("a later rule sees the assignment of an earlier one", () => {
  const { result } = decide([assigning, base]);
  assertEquals([result.value, result.experimentResult?.stickyBucketUsed], [
    "treatment",
    true,
  ]);
});

Deno.test("a later rule sees no assignment while sticky bucketing is off", () => {
  const features = { feature: { rules: [assigning, base] } };
  const { result } = decideFeature({ attributes: id7, features }, "feature");
  assertEquals([result.value, result.experimentResult?.stickyBucketUsed], [
    "control",
    false,
  ]);
});

Deno.test("a later rule's parent sees the assignment of an earlier rule", () => {
  const features = { parent: { rules: [base] } };
  const rules = [assigning, {
    parentConditions: wants("treatment"),
    force: "x",
  }];
  assertEquals(decide(rules, { features }).result.value, "x");
});

Deno.test("a rule sees the assignment of its parent", () => {
  const parent = { rules: [{ ...assigning, meta: base.meta! }] };
  const rules = [{ ...base, parentConditions: wants("treatment") }];
  assertEquals(
    decide(rules, { features: { parent } }).result.value,
    "treatment",
  );
});

Deno.test("a parent is evaluated anew once an assignment was added", () => {
  const parent = {
    defaultValue: "none",
    rules: [{ ...base, condition: { never: true } }],
  };
  const { result } = decide([
    { parentConditions: wants("never"), force: "first" },
    assigning,
    { parentConditions: wants("none"), force: "as before" },
    { parentConditions: wants("treatment"), force: "anew" },
  ], { features: { parent } });
  assertEquals(result.value, "anew");
});

Deno.test("an assignment is seen within its decision only", () => {
  const context = { attributes: id7, stickyBucketAssignmentDocs: {} };
  const features = {
    assigning: { rules: [assigning] },
    later: { rules: [base] },
  };
  decideFeature({ ...context, features }, "assigning");
  assertEquals(
    decideFeature({ ...context, features }, "later").result.value,
    "control",
  );
});
