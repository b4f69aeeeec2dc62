import { assertEquals } from "@std/assert";
import {
  type Attributes,
  evalFeature,
  type Experiment,
  type FeatureRule,
  runExperiment,
} from "../../../mod.ts";
import { referenceHash } from "../../support/evaluation/reference_hash.ts";
import { testRows } from "../../support/test_rows.ts";

const experiment: Experiment<string> = {
  key: "exp",
  variations: ["control", "treatment"],
};
const sticky = { stickyBucketAssignmentDocs: {} };

/** What an experiment's result says of the attribute that decided. */
function reported(
  attributes: Attributes,
  fields: Partial<Experiment<string>> = {},
  context: object = {},
): readonly [attribute: string, value: unknown, isIn: boolean] {
  const { hashAttribute, hashValue, inExperiment } = runExperiment(
    { ...context, attributes },
    { ...experiment, ...fields },
  );
  return [hashAttribute, hashValue, inExperiment];
}

type Row = readonly [
  fact: string,
  attributes: Attributes,
  fields: Partial<Experiment<string>>,
  expected: readonly [attribute: string, value: unknown, isIn: boolean],
];

const withFallback = { hashAttribute: "id", fallbackAttribute: "device" };

const names: readonly Row[] = [
  ["goes by id by default", { id: "7", user: "8" }, {}, ["id", "7", true]],
  ["goes by the hash attribute that is named", { id: "7", user: "8" }, {
    hashAttribute: "user",
  }, ["user", "8", true]],
  ["takes an empty name as id", { id: "7", "": "8" }, { hashAttribute: "" }, [
    "id",
    "7",
    true,
  ]],
  ["takes a name with a dot literally", { "user.id": "7" }, {
    hashAttribute: "user.id",
  }, ["user.id", "7", true]],
  ["follows no path", { user: { id: "7" } }, { hashAttribute: "user.id" }, [
    "user.id",
    "",
    false,
  ]],
  ["reads own attributes only", {}, { hashAttribute: "constructor" }, [
    "constructor",
    "",
    false,
  ]],
  ["reads an own attribute of any name", { constructor: "7" }, {
    hashAttribute: "constructor",
  }, ["constructor", "7", true]],
];

testRows("the hash attribute", names, ([, attributes, fields, expected]) => {
  assertEquals(reported(attributes, fields), expected);
});

for (const value of ["", 0, -0, false, null, undefined, NaN, 0n]) {
  Deno.test(`the hash attribute has no value when it is ${typeof value} ${value}`, () => {
    assertEquals(reported({ id: value }), ["id", "", false]);
  });
}

Deno.test("the hash attribute has no value when it is missing", () => {
  assertEquals(reported({}), ["id", "", false]);
});

Deno.test("the hash attribute has no value without attributes", () => {
  assertEquals(runExperiment({}, experiment).hashValue, "");
});

const fallbacks: readonly Row[] = [
  [
    "is not tried while the hash attribute has a value",
    { id: "7", device: "d" },
    withFallback,
    ["id", "7", true],
  ],
  [
    "is used and reported when the hash attribute is missing",
    { device: "d" },
    withFallback,
    ["device", "d", true],
  ],
  [
    "is used when the hash attribute is falsy",
    { id: 0, device: "d" },
    withFallback,
    ["device", "d", true],
  ],
  ["is not used when it is falsy itself", { id: "", device: 0 }, withFallback, [
    "id",
    "",
    false,
  ]],
  ["is not used when it is missing itself", {}, withFallback, [
    "id",
    "",
    false,
  ]],
  ["is not used where none is named", { device: "d" }, {}, ["id", "", false]],
  ["is not used where it is named by an empty name", { "": "d" }, {
    fallbackAttribute: "",
  }, ["id", "", false]],
  [
    "is not used where the experiment disables sticky bucketing",
    { device: "d" },
    { ...withFallback, disableStickyBucketing: true },
    ["id", "", false],
  ],
  ["follows no path", { device: { id: "d" } }, {
    fallbackAttribute: "device.id",
  }, ["id", "", false]],
];

testRows(
  "the fallback attribute",
  fallbacks,
  ([, attributes, fields, expected]) => {
    assertEquals(reported(attributes, fields, sticky), expected);
  },
);

Deno.test("the fallback attribute is not used while sticky bucketing is off", () => {
  assertEquals(reported({ device: "d" }, withFallback), ["id", "", false]);
});

const object = { b: 1 };

const values: readonly (readonly [string, unknown, string])[] = [
  ["a string", "7", "7"],
  ["a number", 7, "7"],
  ["a fraction", 1.5, "1.5"],
  ["a boolean", true, "true"],
  ["a bigint", 7n, "7"],
  ["an array", [1, "x"], "1,x"],
  ["an object", object, "[object Object]"],
];

testRows("hashing makes a string of", values, ([, value, text]) => {
  const { bucket } = runExperiment({ attributes: { id: value } }, experiment);
  assertEquals(bucket, referenceHash("exp", text, 1));
});

testRows("the result reports as it was", values, ([, value]) => {
  const { hashValue } = runExperiment(
    { attributes: { id: value } },
    experiment,
  );
  assertEquals(Object.is(hashValue, value), true);
});

Deno.test("an attribute override replaces the hash attribute's value", () => {
  assertEquals(
    reported({ id: "7" }, {}, { attributeOverrides: { id: "8" } }),
    ["id", "8", true],
  );
});

Deno.test("an attribute override can take the hash attribute's value away", () => {
  assertEquals(
    reported({ id: "7" }, {}, { attributeOverrides: { id: null } }),
    ["id", "", false],
  );
});

Deno.test("attribute overrides leave other attributes as they are", () => {
  assertEquals(
    reported({ id: "7" }, {}, { attributeOverrides: { user: "8" } }),
    ["id", "7", true],
  );
});

/** Whether a rollout that includes everybody with a hash value includes a user. */
function isRolledOut(
  attributes: Attributes,
  fields: Partial<FeatureRule<string>>,
  context: object = sticky,
): boolean {
  const rule = { force: "on", coverage: 1, ...fields };
  const features = { feature: { rules: [rule] } };
  return evalFeature({ ...context, features, attributes }, "feature").on;
}

const rollouts: readonly (readonly [string, Attributes, object, boolean])[] = [
  ["goes by id by default", { id: "7" }, {}, true],
  ["includes nobody without a hash value", { device: "d" }, {}, false],
  ["goes by the hash attribute that is named", { user: "7" }, {
    hashAttribute: "user",
  }, true],
  ["takes a name with a dot literally", { "a.b": "7" }, {
    hashAttribute: "a.b",
  }, true],
  ["follows no path", { a: { b: "7" } }, { hashAttribute: "a.b" }, false],
  ["uses the fallback attribute", { device: "d" }, withFallback, true],
  [
    "does not use a falsy fallback attribute",
    { device: "" },
    withFallback,
    false,
  ],
  [
    "does not use the fallback where the rule disables sticky bucketing",
    { device: "d" },
    { ...withFallback, disableStickyBucketing: true },
    false,
  ],
];

testRows("a rollout", rollouts, ([, attributes, fields, expected]) => {
  assertEquals(isRolledOut(attributes, fields), expected);
});

Deno.test("a rollout does not use the fallback while sticky bucketing is off", () => {
  assertEquals(isRolledOut({ device: "d" }, withFallback, {}), false);
});

const everything = [{ seed: "f", ranges: [[0, 1]] }] as const;

const filters: readonly Row[] = [
  ["go by id by default", { id: "7" }, { filters: everything }, [
    "id",
    "7",
    true,
  ]],
  [
    "don't use the experiment's hash attribute",
    { user: "7" },
    { hashAttribute: "user", filters: everything },
    ["user", "7", false],
  ],
  [
    "don't use the fallback attribute",
    { device: "d" },
    { ...withFallback, filters: everything },
    ["device", "d", false],
  ],
  [
    "go by their own attribute",
    { id: "7", company: "c" },
    { filters: [{ ...everything[0], attribute: "company" }] },
    ["id", "7", true],
  ],
  [
    "stop who has no value for their own attribute",
    { id: "7" },
    { filters: [{ ...everything[0], attribute: "company" }] },
    ["id", "7", false],
  ],
];

testRows(
  "an experiment's filters",
  filters,
  ([, attributes, fields, expected]) => {
    assertEquals(reported(attributes, fields, sticky), expected);
  },
);
