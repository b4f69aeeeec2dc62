import { assertEquals } from "@std/assert";
import { payloadDigest } from "../../../../core/mod.ts";
import type { FeatureDefinition } from "../../../../core/types/feature.ts";
import { withProvider } from "./support.ts";

const user = { targetingKey: "7", country: "fr" };
const parent = { id: "off", condition: { value: true }, gate: true };

/** Each kind of feature, with what the SDK makes of it: value, reason, variant, error. */
const table: readonly (readonly [
  name: string,
  definition: FeatureDefinition | null,
  expected: readonly unknown[],
])[] = [
  ["a plain default", { defaultValue: "a" }, ["a", "DEFAULT", "", ""]],
  ["a forced value", { rules: [{ force: "a" }] }, ["a", "STATIC", "", ""]],
  [
    "a forced value under a condition",
    { rules: [{ condition: { country: "fr" }, force: "a" }] },
    ["a", "TARGETING_MATCH", "", ""],
  ],
  [
    "a rollout",
    { rules: [{ coverage: 0.99, force: "a" }] },
    ["a", "SPLIT", "", ""],
  ],
  [
    "a rollout to all users",
    { rules: [{ coverage: 1, force: "a" }] },
    ["a", "STATIC", "", ""],
  ],
  [
    "a rollout under a condition",
    { rules: [{ condition: { country: "fr" }, range: [0, 1], force: "a" }] },
    ["a", "SPLIT", "", ""],
  ],
  [
    "an experiment",
    { rules: [{ variations: ["a", "b"], meta: [{ key: "x" }, { key: "y" }] }] },
    ["b", "SPLIT", "y", ""],
  ],
  [
    "what a server evaluated, of an experiment",
    {
      defaultValue: "b",
      rules: [{
        force: "b",
        tracks: [{
          experiment: { key: "e", variations: ["", ""] },
          result: {
            key: "y",
            featureId: null,
            inExperiment: true,
            hashUsed: true,
            variationId: 1,
            value: "b",
            hashAttribute: "id",
            hashValue: "7",
            stickyBucketUsed: false,
          },
        }],
      }],
    },
    ["b", "SPLIT", "y", ""],
  ],
  ["no value", {}, ["z", "DEFAULT", "", ""]],
  ["a forced null", { rules: [{ force: null }] }, ["z", "DEFAULT", "", ""]],
  [
    "a closed gate",
    { defaultValue: "a", rules: [{ parentConditions: [parent], force: "b" }] },
    ["z", "DISABLED", "", ""],
  ],
  [
    "a cycle",
    {
      defaultValue: "a",
      rules: [{ parentConditions: [{ ...parent, id: "asked" }], force: "b" }],
    },
    ["z", "ERROR", "", "PARSE_ERROR"],
  ],
  ["an unknown feature", null, ["z", "ERROR", "", "FLAG_NOT_FOUND"]],
  [
    "another type",
    { defaultValue: 1 },
    ["z", "ERROR", "", "TYPE_MISMATCH"],
  ],
];

for (const [name, definition, expected] of table) {
  Deno.test(`${name} has the reason ${expected[1]}`, () =>
    withProvider({
      off: { defaultValue: false },
      ...definition === null ? {} : { asked: definition },
    }, async ({ flags }) => {
      const details = await flags.getStringDetails("asked", "z", user);
      const { value, reason, variant = "", errorCode = "" } = details;
      assertEquals([value, reason, variant, errorCode], expected);
    }));
}

Deno.test("a forced value of the client has the reason STATIC", () =>
  withProvider(
    { asked: { defaultValue: "a" } },
    async ({ flags }) => {
      const { value, reason } = await flags.getStringDetails("asked", "z");
      assertEquals([value, reason], ["forced", "STATIC"]);
    },
    {},
    { forcedFeatureValues: { asked: "forced" } },
  ));

Deno.test("rules without ids are told apart by evaluating them", () =>
  withProvider({
    asked: {
      rules: [
        { condition: { country: "de" }, force: "a" },
        { coverage: 0.99, force: "a" },
        { force: "a" },
      ],
    },
  }, async ({ flags }) => {
    const reasons = [];
    for (const context of [{ country: "de" }, user, {}]) {
      const details = await flags.getStringDetails("asked", "z", context);
      reasons.push(details.reason);
    }
    assertEquals(reasons, ["TARGETING_MATCH", "SPLIT", "STATIC"]);
  }));

Deno.test("the metadata tell all that is known of an experiment", () => {
  const features = {
    asked: { rules: [{ id: "r1", key: "test", variations: ["a", "b"] }] },
  };
  return withProvider(features, async ({ flags }) => {
    const { flagMetadata } = await flags.getStringDetails("asked", "z", user);
    const { bucket, ...rest } = flagMetadata;
    assertEquals(typeof bucket, "number");
    assertEquals(rest, {
      source: "experiment",
      ruleId: "r1",
      experimentKey: "test",
      variationId: 0,
      hashAttribute: "id",
      inExperiment: true,
      sticky: false,
      version: payloadDigest({ features }),
      contextId: "7",
    });
  });
});

Deno.test("a user without what an experiment hashes is told of once, by the logger and the metadata", () => {
  const features = {
    asked: { defaultValue: "a", rules: [{ variations: ["b", "c"] }] },
    other: {
      defaultValue: "a",
      rules: [{
        condition: { country: "de" },
        variations: ["b", "c"],
        hashAttribute: "deviceId",
      }],
    },
  };
  return withProvider(features, async ({ flags }) => {
    const warnings: unknown[] = [];
    const silent = () => {};
    flags.setLogger({
      error: silent,
      info: silent,
      debug: silent,
      warn: (...parts) => warnings.push(...parts),
    });
    for (let time = 0; time < 3; time++) {
      const details = await flags.getStringDetails("asked", "z", {});
      assertEquals([details.value, details.flagMetadata["missing"]], [
        "a",
        "id",
      ]);
    }
    // The condition kept this user out, not the attribute.
    const other = await flags.getStringDetails("other", "z", {});
    assertEquals(other.flagMetadata["missing"], undefined);
    assertEquals(warnings, [
      'Cannot run an experiment or a rollout of "asked": the context has no "id", and no targetingKey that stands for it',
    ]);
  });
});

Deno.test("an object is asked for by an object, a list by a list, and either by null", () =>
  withProvider({
    list: { defaultValue: [1] },
    record: { defaultValue: { a: 1 } },
    text: { defaultValue: "a" },
  }, async ({ flags }) => {
    const codes = [];
    for (const key of ["list", "record", "text"]) {
      for (const fallback of [{}, [], null]) {
        const details = await flags.getObjectDetails(key, fallback);
        codes.push(details.errorCode ?? "");
      }
    }
    const bad = "TYPE_MISMATCH";
    assertEquals(codes, [bad, "", "", "", bad, "", bad, bad, bad]);
  }));
