import { assertEquals } from "@std/assert";
import {
  type Context,
  explainFeature,
  type FeatureRule,
  type GateExplanation,
  type GateName,
} from "../../../mod.ts";
import { referenceHash } from "../../support/evaluation/reference_hash.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

const experiment = {
  key: "exp",
  variations: ["control", "treatment"],
  meta: [{ key: "c" }, { key: "t" }],
  bucketVersion: 1,
};

/** A context with an assignment to a version of the experiment. */
function assigned(version: number, variation: string): Context {
  return {
    stickyBucketAssignmentDocs: {
      "id||7": {
        attributeName: "id",
        attributeValue: "7",
        assignments: { [`exp__${version}`]: variation },
      },
    },
  };
}

/** Gives what an explanation tells of a gate of the one rule. */
function explainGate(
  gate: GateName,
  rule: FeatureRule,
  context: Context,
): GateExplanation | undefined {
  const { rules: [explained] } = explainFeature({
    attributes: { id: "7" },
    features: { feature: { rules: [rule] } },
    ...context,
  }, "feature");
  return explained?.gates.find((each) => each.gate === gate);
}

type Row = readonly [
  fact: string,
  gate: GateName,
  fields: object,
  context: Context,
  expected: Omit<GateExplanation, "gate">,
];

const stickyKey = { outcome: "passed", expected: "exp__1" } as const;
const bucketOf7 = {
  attribute: "id",
  value: "7",
  seed: "exp",
  version: 1,
  bucket: referenceHash("exp", "7", 1),
};
const inFirst = [[0, 1], [1, 1]] as const;
const inSecond = [[0, 0], [0, 1]] as const;
const inNone = [[0, 0], [1, 1]] as const;

const onShop: NonNullable<Context["overrides"]> = {
  exp: { urlPatterns: [{ include: true, type: "simple", pattern: "/shop" }] },
};

const rows: readonly Row[] = [
  [
    "the assignment that was looked for",
    "stickyBucket",
    {},
    {},
    stickyKey,
  ],
  [
    "the first variation, where it was assigned",
    "stickyBucket",
    {},
    assigned(1, "c"),
    { ...stickyKey, variation: 0 },
  ],
  [
    "the second variation, where it was assigned",
    "stickyBucket",
    {},
    assigned(1, "t"),
    { ...stickyKey, variation: 1 },
  ],
  [
    "an assignment that blocks, and no variation",
    "stickyBucket",
    { minBucketVersion: 1 },
    assigned(0, "t"),
    { ...stickyKey, actual: "blocked" },
  ],
  [
    "what an assignment that blocks stopped",
    "stickyVersion",
    { minBucketVersion: 1 },
    assigned(0, "t"),
    { outcome: "stopped", reason: "stickyVersionBlocked" },
  ],
  [
    "the first variation, where the bucket is in its range",
    "bucket",
    { ranges: inFirst },
    {},
    {
      outcome: "passed",
      hashes: [{ ...bucketOf7, ranges: inFirst }],
      variation: 0,
    },
  ],
  [
    "the second variation, where the bucket is in its range",
    "bucket",
    { ranges: inSecond },
    {},
    {
      outcome: "passed",
      hashes: [{ ...bucketOf7, ranges: inSecond }],
      variation: 1,
    },
  ],
  [
    "no variation, where the bucket is in no range",
    "bucket",
    { ranges: inNone },
    {},
    { outcome: "passed", hashes: [{ ...bucketOf7, ranges: inNone }] },
  ],
  [
    "the variation that was assigned, whatever the bucket",
    "bucket",
    { ranges: inSecond },
    assigned(1, "c"),
    {
      outcome: "passed",
      hashes: [{ ...bucketOf7, ranges: inSecond }],
      variation: 0,
    },
  ],
  [
    "the attribute that is hashed",
    "hashValue",
    {},
    {},
    { outcome: "passed", expected: "id" },
  ],
  [
    "the attribute that should have been hashed",
    "hashValue",
    { hashAttribute: "company" },
    {},
    { outcome: "stopped", reason: "noHashValue", expected: "company" },
  ],
  [
    "the groups that an override asks for, and those of the user",
    "groups",
    {},
    { groups: { beta: true }, overrides: { exp: { groups: ["staff"] } } },
    {
      outcome: "stopped",
      reason: "group",
      expected: ["staff"],
      actual: { beta: true },
    },
  ],
  [
    "that no groups of the user are known",
    "groups",
    {},
    { overrides: { exp: { groups: ["staff"] } } },
    { outcome: "stopped", reason: "group", expected: ["staff"], actual: null },
  ],
  [
    "the pages that an override asks for, and the one at hand",
    "urlPatterns",
    {},
    { url: "https://shop.example/help", overrides: onShop },
    {
      outcome: "stopped",
      reason: "url",
      expected: [{ include: true, type: "simple", pattern: "/shop" }],
      actual: "https://shop.example/help",
    },
  ],
  [
    "that no page is known",
    "urlPatterns",
    {},
    { overrides: onShop },
    {
      outcome: "stopped",
      reason: "url",
      expected: [{ include: true, type: "simple", pattern: "/shop" }],
      actual: null,
    },
  ],
  [
    "the pattern that an override gave the URL",
    "url",
    {},
    { url: "https://shop.example/", overrides: { exp: { url: "^/shop" } } },
    {
      outcome: "stopped",
      reason: "url",
      expected: "/^\\/shop/",
      actual: "https://shop.example/",
    },
  ],
  [
    "that experiments are turned off",
    "enabled",
    {},
    { enabled: false },
    { outcome: "stopped", reason: "disabled" },
  ],
  [
    "that the experiment is a draft",
    "status",
    {},
    { overrides: { exp: { status: "draft" } } },
    { outcome: "stopped", reason: "draft" },
  ],
  [
    "that the experiment is not active",
    "status",
    {},
    { overrides: { exp: { active: false } } },
    { outcome: "stopped", reason: "inactive" },
  ],
  [
    "that the experiment was stopped",
    "status",
    {},
    { overrides: { exp: { status: "stopped" } } },
    { outcome: "stopped", reason: "stopped" },
  ],
  [
    "that the application's own function says no",
    "include",
    {},
    { overrides: { exp: malformed({ include: () => false }) } },
    { outcome: "stopped", reason: "include" },
  ],
  [
    "that no variation is forced in QA mode",
    "qaMode",
    {},
    { qaMode: true },
    { outcome: "stopped", reason: "qaMode" },
  ],
  [
    "the variation that the context forces",
    "forcedVariation",
    {},
    { forcedVariations: { exp: 0 } },
    { outcome: "decided", variation: 0 },
  ],
];

testRows(
  "explainFeature() tells",
  rows,
  ([, gate, fields, context, expected]) => {
    assertEquals(
      explainGate(gate, { ...experiment, ...fields } as FeatureRule, context),
      { gate, ...expected },
    );
  },
);
