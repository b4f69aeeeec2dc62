import { assert, assertEquals } from "@std/assert";
import { evalFeature, explainFeature, type FeatureRule } from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { referenceHash } from "../../support/evaluation/reference_hash.ts";
import { testRows } from "../../support/test_rows.ts";

const attributes = { id: "7" };
const bucket = referenceHash("feature", "7", 1);

/** Whether a rule that forces a value gives it to user 7. */
function includes(
  fields: Partial<FeatureRule<string>>,
  context: object = { attributes },
): boolean {
  const rule = { force: "on", ...fields };
  const features = { feature: { rules: [rule] } };
  return evalFeature({ ...context, features }, "feature").source === "force";
}

type Row = readonly [
  fact: string,
  fields: Partial<FeatureRule<string>>,
  expected: boolean,
];

const rows: readonly Row[] = [
  ["without range or coverage includes everybody", {}, true],
  ["includes a hash below its coverage", { coverage: bucket + 0.001 }, true],
  ["includes a hash equal to its coverage", { coverage: bucket }, true],
  ["excludes a hash above its coverage", { coverage: bucket - 0.001 }, false],
  ["includes everybody with coverage 1", { coverage: 1 }, true],
  ["includes nobody with coverage 0", { coverage: 0 }, false],
  ["includes nobody with a negative coverage", { coverage: -1 }, false],
  ["includes a hash at the start of its range", { range: [bucket, 1] }, true],
  ["excludes a hash at the end of its range", { range: [0, bucket] }, false],
  ["excludes a hash before its range", { range: [bucket + 0.001, 1] }, false],
  ["goes by its range alone: coverage excludes", {
    range: [0, 1],
    coverage: 0.0001,
  }, true],
  [
    "goes by its range alone: coverage includes",
    { range: [0, 0], coverage: 1 },
    false,
  ],
  [
    "goes by its range also with coverage 0",
    { range: [0, 1], coverage: 0 },
    true,
  ],
  [
    "hashes with version 1 by default",
    { range: [bucket, bucket + 0.0001] },
    true,
  ],
  ["hashes with the version that is given", {
    hashVersion: 2,
    range: around(referenceHash("feature", "7", 2)),
  }, true],
  ["takes version 0 as 1", { hashVersion: 0, range: around(bucket) }, true],
  [
    "includes nobody with an unknown version",
    { hashVersion: 3, coverage: 1 },
    false,
  ],
  ["includes everybody with an unknown version but nothing to hash for", {
    hashVersion: 3,
  }, true],
  ["hashes with its seed", {
    seed: "seed",
    range: around(referenceHash("seed", "7", 1)),
  }, true],
  ["hashes with the feature's key when the seed is empty", {
    seed: "",
    range: around(bucket),
  }, true],
  [
    "does not hash with the rule's key",
    { key: "exp", range: around(bucket) },
    true,
  ],
];

function around(point: number): readonly [number, number] {
  return [point, point + 0.0001];
}

testRows("a rollout", rows, ([, fields, expected]) => {
  assertEquals(includes(fields), expected);
});

Deno.test("a rollout without range or coverage needs no hash value", () => {
  assertEquals(includes({}, {}), true);
});

Deno.test("a rollout with coverage needs a hash value", () => {
  assertEquals(includes({ coverage: 1 }, {}), false);
});

Deno.test("a rollout with a range needs a hash value", () => {
  assertEquals(includes({ range: [0, 1] }, {}), false);
});

Deno.test("a rollout includes a hash of 0 for no coverage but 0", () => {
  const seed = seedOfHashZero();
  assertEquals(includes({ seed, coverage: 0.0000001 }), true);
  assertEquals(includes({ seed, coverage: 0 }), false);
});

// Coverage 0 stops before the hash, which could be 0 and so at most the coverage.
function seedOfHashZero(): string {
  for (let number = 0; number < 100_000; number++) {
    if (referenceHash(`seed-${number}`, "7", 1) === 0) return `seed-${number}`;
  }
  throw new RangeError("Cannot find a seed whose hash is 0");
}

Deno.test("a rollout with coverage 0 is closed before a user is hashed", () => {
  const features = { feature: { rules: [{ force: "on", coverage: 0 }] } };
  const attributes = { id: Object.create(null) };
  const { rules } = explainFeature({ features, attributes }, "feature");
  assertEquals(rules.map(({ reason }) => reason), ["coverage"]);
});

Deno.test("a rollout tests the condition too", () => {
  const condition = { country: "fr" };
  assertEquals(includes({ condition, coverage: 1 }), false);
  assertEquals(
    includes({ condition, coverage: 1 }, {
      attributes: { id: "7", country: "fr" },
    }),
    true,
  );
});

Deno.test("a rollout includes about its coverage of users", () => {
  let included = 0;
  for (let user = 0; user < 10_000; user++) {
    const attributes = { id: `user-${user}` };
    if (includes({ coverage: 0.3 }, { attributes })) included++;
  }
  assert(included > 2800 && included < 3200, String(included));
});

const malformedRollouts: readonly (readonly [string, object])[] = [
  ["a range that is a string", { range: "all" }],
  ["a range that is an object", { range: {} }],
  ["a coverage that is no number", { coverage: "all" }],
  ["a coverage that is NaN", { coverage: NaN }],
];

testRows("a rollout includes nobody with", malformedRollouts, ([, fields]) => {
  assertEquals(includes(malformed(fields)), false);
});
