import { assert, assertFalse } from "@std/assert";
import { lintPayload } from "../../../core/lint/mod.ts";
import {
  decryptPayload,
  parsePayload,
  type PayloadIssueCode,
  payloadIssueCodes,
} from "../../../mod.ts";
import { withCondition, withExperiment, withRule } from "./issues_of.ts";

/** Two payloads for each code: one that it is reported for, and a similar one that is in order. */
const examples: {
  readonly [Code in PayloadIssueCode]: readonly [bad: unknown, good: unknown];
} = {
  "not-a-payload": ["{}", {}],
  "error-response": [
    { status: 400, error: "Invalid API key" },
    { status: 200, features: {} },
  ],
  "not-json": [{ a: { defaultValue: NaN } }, { a: { defaultValue: 0 } }],
  "too-large": [{ a: { defaultValue: nest(100_001) } }, {
    a: { defaultValue: nest(20_000) },
  }],
  "wrong-type": [{ a: 5 }, { a: {} }],
  "missing-field": [
    withRule({ force: 1, parentConditions: [{ condition: {} }] }),
    withRule({ force: 1, parentConditions: [{ id: "f", condition: {} }] }),
  ],
  "unknown-value": [
    withExperiment({ status: "paused" }),
    withExperiment({ status: "stopped" }),
  ],
  "decryption-failed": [
    { encryptedFeatures: "a.b" },
    {
      encryptedFeatures: "m5ylFM6ndyOJA2OPadubkw==." +
        "Uu7ViqgKEt/dWvCyhI46q088PkAEJbnXKf3KPZjf9IEQQ+A8fojNoxw4wIbPX3aj",
    },
  ],
  "too-few-variations": [
    withRule({ variations: [1] }),
    withRule({ variations: [1, 2] }),
  ],
  "weights-count": [
    withRule({ variations: [1, 2], weights: [0.5, 0.25, 0.25] }),
    withRule({ variations: [1, 2, 3], weights: [0.5, 0.25, 0.25] }),
  ],
  "weights-sum": [
    withRule({ variations: [1, 2], weights: [0.5, 0.4] }),
    withRule({ variations: [1, 2], weights: [0.6, 0.4] }),
  ],
  "weight-out-of-bounds": [
    withRule({ variations: [1, 2], weights: [1.5, -0.5] }),
    withRule({ variations: [1, 2], weights: [1, 0] }),
  ],
  "coverage-out-of-bounds": [
    withRule({ force: 1, coverage: 50 }),
    withRule({ force: 1, coverage: 0.5 }),
  ],
  "range-out-of-bounds": [
    withRule({ force: 1, range: [0.5, 1.5] }),
    withRule({ force: 1, range: [0.5, 0.5] }),
  ],
  "ranges-overlap": [
    withRule({ variations: [1, 2], ranges: [[0, 0.5], [0.4, 1]] }),
    withRule({ variations: [1, 2], ranges: [[0, 0.3], [0.1 + 0.2, 1]] }),
  ],
  "ranges-count": [
    withRule({ variations: [1, 2], ranges: [[0, 1]] }),
    withRule({ variations: [1, 2], ranges: [[0, 1], [1, 1]] }),
  ],
  "meta-count": [
    withRule({ variations: [1, 2], meta: [{ key: "a" }] }),
    withRule({ variations: [1, 2], meta: [{ key: "a" }, { key: "b" }] }),
  ],
  "unknown-hash-version": [
    withRule({ variations: [1, 2], hashVersion: 3 }),
    withRule({ variations: [1, 2], hashVersion: 2 }),
  ],
  "filter-without-ranges": [
    withRule({ force: 1, filters: [{ seed: "s", ranges: [] }] }),
    withRule({ force: 1, filters: [{ seed: "s", ranges: [[0, 1]] }] }),
  ],
  "unknown-bandit": [
    withRule({ variations: [1, 2], contextualBanditRef: "b" }),
    withRule({ variations: [1, 2], contextualBanditRef: "b" }, {
      contextualBandits: { b: { contexts: [] } },
    }),
  ],
  "relative-redirect": [
    withExperiment({
      urlPatterns: [],
      variations: [{}, { urlRedirect: "/a" }],
    }),
    withExperiment({
      urlPatterns: [],
      variations: [{}, { urlRedirect: "https://a.example/" }],
    }),
  ],
  "missing-prerequisite": [
    withRule({ force: 1, parentConditions: [{ id: "g", condition: {} }] }),
    {
      f: {
        rules: [{ force: 1, parentConditions: [{ id: "g", condition: {} }] }],
      },
      g: {},
    },
  ],
  "cyclic-prerequisite": [
    withRule({ force: 1, parentConditions: [{ id: "f", condition: {} }] }),
    {
      f: {
        rules: [{ force: 1, parentConditions: [{ id: "g", condition: {} }] }],
      },
      g: {},
    },
  ],
  "prerequisite-too-deep": [chain(257), chain(256)],
  "unknown-operator": [
    withCondition({ country: { $is: "fr" } }),
    withCondition({ country: { $eq: "fr" } }),
  ],
  "misplaced-operator": [
    withCondition({ country: { $or: [{ $eq: "fr" }] } }),
    withCondition({ $or: [{ country: { $eq: "fr" } }] }),
  ],
  "wrong-operand": [
    withCondition({ country: { $in: "fr" } }),
    withCondition({ country: { $in: ["fr"] } }),
  ],
  "invalid-pattern": [
    withCondition({ path: { $regex: "[" } }),
    withCondition({ path: { $regex: "[a]" } }),
  ],
  "condition-too-deep": [
    withCondition(negations(257)),
    withCondition(negations(256)),
  ],
  "unknown-saved-group": [
    withCondition({ id: { $inGroup: "g" } }),
    withCondition({ id: { $inGroup: "g" } }, { savedGroups: { g: [] } }),
  ],
  "wrong-saved-group-kind": [
    withCondition({ $savedGroup: { id: "g" } }, { savedGroups: { g: ["a"] } }),
    withCondition({ $savedGroup: { id: "g" } }, {
      savedGroups: { g: { type: "list", attributeKey: "id", values: ["a"] } },
    }),
  ],
  "saved-group-cycle": [
    withGroups({ a: referTo("b"), b: referTo("a") }),
    withGroups({ a: referTo("b"), b: { type: "condition", condition: {} } }),
  ],
  encrypted: [
    { features: {}, encryptedSavedGroups: "a.b" },
    { features: {}, encryptedSavedGroups: "" },
  ],
  "weights-inexact": [
    withRule({ variations: [1, 2, 3], weights: [0.33, 0.33, 0.33] }),
    withRule({ variations: [1, 2, 3], weights: [0.1, 0.2, 0.7] }),
  ],
  "no-effect": [withRule({ id: "empty" }), withRule({ force: null })],
  "unreachable-rule": [
    { f: { rules: [{ force: 1 }, { force: 2 }] } },
    { f: { rules: [{ force: 1, coverage: 1 }, { force: 2 }] } },
  ],
  "ignored-variations": [
    withRule({ force: 1, variations: [1, 2] }),
    withRule({ force: 1, variations: null }),
  ],
  "duplicate-experiment-key": [
    { f: { rules: [run("e", [1, 2])] }, g: { rules: [run("e", [1, 3])] } },
    { f: { rules: [run("e", [1, 2])] }, g: { rules: [run("e", [1, 2])] } },
  ],
  "mixed-operators": [
    withCondition({ age: { $gt: 18, max: 99 } }),
    withCondition({ age: { $gt: 18, $lt: 99 } }),
  ],
  "matches-missing": [
    withCondition({ age: { $lt: 18 } }),
    withCondition({ age: { $lt: 18, $exists: true } }),
  ],
  "matches-everyone": [
    withCondition({ $not: { path: { $regex: "[" } } }),
    withCondition({ path: { $regex: "[" } }),
  ],
  "odd-version": [
    withCondition({ version: { $vgte: "1.0" } }),
    withCondition({ version: { $vgte: "1.0.0" } }),
  ],
  "unknown-path": [
    withRule({
      force: 1,
      parentConditions: [{ id: "f", condition: { enabled: true } }],
    }),
    withRule({
      force: 1,
      parentConditions: [{ id: "f", condition: { value: true } }],
    }),
  ],
  "slow-pattern": [
    withCondition({ path: { $regex: "^(a+)+$" } }),
    withCondition({ path: { $regex: "^(a+b)+$" } }),
  ],
  "wrong-date": [
    { features: {}, dateUpdated: "yesterday" },
    { features: {}, dateUpdated: "2026-01-01T00:00:00Z" },
  ],
  "too-many-issues": [manyIssues(1001), manyIssues(1000)],
};

for (const code of payloadIssueCodes) {
  const [bad, good] = examples[code];
  Deno.test(`lintPayload() reports ${code}`, async () => {
    assert((await codesOf(bad)).includes(code));
  });
  Deno.test(`lintPayload() does not report ${code} without a reason`, async () => {
    assertFalse((await codesOf(good)).includes(code));
  });
}

async function codesOf(input: unknown): Promise<readonly string[]> {
  const isEncrypted = Object.hasOwn(Object(input), "encryptedFeatures");
  const { payload, issues } = isEncrypted
    ? await decryptPayload(input, "Zvwv/+uhpFDznZ6SX28Yjg==")
    : parsePayload(input);
  const found = lintPayload(isEncrypted ? payload : input);
  return [...issues, ...found].map(({ code }) => code);
}

function nest(depth: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

function chain(length: number): object {
  const features: Record<string, object> = {};
  for (let index = 0; index < length; index++) {
    const parentConditions = [{ id: `f${index + 1}`, condition: {} }];
    features[`f${index}`] = { rules: [{ force: 1, parentConditions }] };
  }
  return { ...features, [`f${length}`]: {} };
}

function negations(depth: number): object {
  let condition = {};
  for (let level = 0; level < depth; level++) condition = { $not: condition };
  return condition;
}

function withGroups(savedGroups: object): object {
  return { features: {}, savedGroups };
}

function referTo(id: string): object {
  return { type: "condition", condition: { $savedGroup: { id } } };
}

function run(key: string, variations: readonly unknown[]): object {
  return { key, variations };
}

function manyIssues(count: number): object {
  const condition = { $and: Array.from({ length: count }, () => null) };
  return withCondition(condition);
}
