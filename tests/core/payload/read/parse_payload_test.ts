import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { evalFeature, type JsonValue, parsePayload } from "../../../../mod.ts";
import { lintPayload } from "../../../../core/lint/mod.ts";
import { deepFreeze } from "../../../support/deep_freeze.ts";
import { testRows } from "../../../support/test_rows.ts";
import { issuesOf, withRule } from "../issues_of.ts";

const on = { defaultValue: true };

type ShapeRow = readonly [
  fact: string,
  input: unknown,
  features: readonly string[],
  issues: readonly string[],
];

testRows<ShapeRow>("parsePayload()", [
  [
    "takes an answer of the API",
    { status: 200, features: { a: on } },
    ["a"],
    [],
  ],
  [
    "takes an answer with nothing but features",
    { features: { a: on } },
    ["a"],
    [],
  ],
  ["takes a bare map of features", { a: on, b: {} }, ["a", "b"], []],
  ["takes an empty map", {}, [], []],
  ["takes an answer without any feature", { features: {} }, [], []],
  ["takes a record without a prototype", nullPrototype({ a: on }), ["a"], []],
  [
    "finds no features in an answer that has none",
    { status: 200 },
    [],
    ["missing-field /features"],
  ],
  [
    "takes an answer with nothing but encrypted features",
    { encryptedFeatures: "a.b" },
    [],
    ["encrypted /encryptedFeatures"],
  ],
  [
    "keeps the features that come with an error",
    { status: 500, features: { a: on } },
    ["a"],
    ["error-response /status"],
  ],
  [
    "takes an answer with nothing but an error for one",
    { error: "Invalid API key" },
    [],
    ["error-response /error"],
  ],
  ["takes a feature called status for one", { status: on }, ["status"], []],
  ["takes a feature called error for one", { error: on }, ["error"], []],
  [
    "takes a feature called experiments for one",
    { experiments: on, a: on },
    ["experiments", "a"],
    [],
  ],
  [
    "takes a feature called features, with a default value, for one",
    { features: on, a: on },
    ["features", "a"],
    [],
  ],
  [
    "takes a feature called features, with rules, for one",
    { features: { rules: [] }, a: on },
    ["features", "a"],
    [],
  ],
  [
    "takes a feature called features, without anything, beside another for one",
    { features: {}, a: on },
    ["features", "a"],
    [],
  ],
  [
    "takes features called rules and defaultValue in an answer for such",
    { features: { rules: on, defaultValue: on } },
    ["rules", "defaultValue"],
    [],
  ],
  [
    "takes a feature called encryptedFeatures for one",
    { encryptedFeatures: on },
    ["encryptedFeatures"],
    [],
  ],
  [
    "passes over fields of an answer that it does not know",
    { features: { a: on }, fetched: new Date(), size: 1n },
    ["a"],
    [],
  ],
  [
    "reports features that are an array",
    { features: [] },
    [],
    ["wrong-type /features"],
  ],
  [
    "reports a dateUpdated that is not a string",
    { features: {}, dateUpdated: 5 },
    [],
    ["wrong-type /dateUpdated"],
  ],
  [
    "leaves out features that are not objects",
    { a: on, b: 5, c: null, d: [], e: "on" },
    ["a"],
    ["wrong-type /b", "wrong-type /c", "wrong-type /d", "wrong-type /e"],
  ],
  ["reports null", null, [], ["not-a-payload "]],
  ["reports undefined", undefined, [], ["not-a-payload "]],
  ["reports an array", [], [], ["not-a-payload "]],
  ["reports JSON text", '{"features":{}}', [], ["not-a-payload "]],
  ["reports a function", () => {}, [], ["not-a-payload "]],
  ["reports a date", new Date(), [], ["not-a-payload "]],
  ["reports a map", new Map([["a", on]]), [], ["not-a-payload "]],
], ([, input, features, issues]) => {
  const parsed = parsePayload(input);
  assertEquals(Object.keys(parsed.payload.features), features);
  assertEquals(issuesOf(input), issues);
});

Deno.test("parsePayload() keeps every field of a payload", () => {
  const payload = {
    features: { a: on },
    savedGroups: { g: ["1"] },
    contextualBandits: { b: { contexts: [] } },
    experiments: [{ key: "e", variations: [{}, { css: "a" }] }],
    dateUpdated: "2024-05-01T00:00:00.000Z",
  };
  const parsed = parsePayload({ status: 200, ...payload });
  assertEquals<unknown>(parsed, { payload, issues: [] });
});

Deno.test("parsePayload() has no fields that were not there", () => {
  assertEquals(Object.keys(parsePayload({ features: {} }).payload), [
    "features",
  ]);
});

Deno.test("parsePayload() keeps what newer servers may add", () => {
  const input = {
    a: { ...on, owner: "me", rules: [{ force: 1, extra: [1] }] },
  };
  const { payload, issues } = parsePayload(input);
  assertEquals<unknown>(payload.features, input);
  assertEquals(issues, []);
});

Deno.test("parsePayload() takes null for absent where it is evaluated so", () => {
  assertEquals(
    issuesOf({
      features: { f: { rules: null, defaultValue: null } },
      savedGroups: null,
      contextualBandits: null,
      experiments: null,
      dateUpdated: null,
      encryptedFeatures: null,
    }),
    [],
  );
});

Deno.test("parsePayload() repairs nothing", () => {
  const input = {
    f: {
      rules: [{ variations: [1], weights: "no", condition: { $or: 5 } }, 7],
    },
  };
  assertEquals<unknown>(parsePayload(input).payload.features, input);
});

Deno.test("parsePayload() freezes everything it returns", () => {
  const { payload, issues } = parsePayload(
    withRule({ variations: [{ a: [1] }, 5], weights: [1] }),
  );
  const isFrozen = (value: unknown): boolean =>
    typeof value !== "object" || value === null ||
    Object.isFrozen(value) && Object.values(value).every(isFrozen);
  assert(isFrozen(payload));
  assert(isFrozen(issues));
});

Deno.test("parsePayload() leaves its input as it was", () => {
  const input = withRule({ variations: [{ a: [1] }, 5] });
  const before = JSON.stringify(input);
  parsePayload(input);
  assertEquals(JSON.stringify(input), before);
  assert(!Object.isFrozen(input));
});

Deno.test("parsePayload() takes frozen input", () => {
  assertEquals(issuesOf(deepFreeze(withRule({ force: 1 }))), []);
});

Deno.test("parsePayload() does not share objects with its input", () => {
  const input = { a: { defaultValue: { list: [1] } } };
  const { payload } = parsePayload(input);
  input.a.defaultValue.list.push(2);
  assertEquals(payload.features["a"]!.defaultValue, { list: [1] });
});

Deno.test("parsePayload() copies an object wherever it stands", () => {
  const shared = { deep: [1] };
  const { payload } = parsePayload({
    a: { defaultValue: shared },
    b: { defaultValue: shared },
  });
  const { a, b } = payload.features;
  assertEquals([a!.defaultValue, b!.defaultValue], [shared, shared]);
});

for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
  Deno.test(`parsePayload() takes a feature called ${name} for one like any other`, () => {
    const json = `{ "features": { "${name}": { "defaultValue": 7 } } }`;
    const { payload, issues } = parsePayload(JSON.parse(json));
    assertEquals(issues, []);
    assert(Object.hasOwn(payload.features, name));
    assertEquals(evalFeature(payload, name).value, 7);
    assertStrictEquals(
      Object.getPrototypeOf(payload.features),
      Object.prototype,
    );
  });
}

Deno.test("parsePayload() keeps a property called __proto__ where it is", () => {
  const features = JSON.parse('{"a":{"defaultValue":{"__proto__":{"b":1}}}}');
  const value = parsePayload(features).payload.features["a"]!.defaultValue;
  assertEquals(JSON.stringify(value), '{"__proto__":{"b":1}}');
});

Deno.test("parsePayload() reads own properties only", () => {
  const inherited = Object.create({ features: { a: on } });
  assertEquals(issuesOf(inherited), ["not-a-payload "]);
  const { payload } = parsePayload({ a: nullPrototype({}) });
  assertEquals(Object.keys(payload.features), ["a"]);
});

Deno.test("parsePayload() takes undefined for absent, as JSON text does", () => {
  const rule = { force: 1, condition: undefined, coverage: undefined };
  const { payload, issues } = parsePayload({
    a: { rules: [rule] },
    b: undefined,
  });
  assertEquals<unknown>(payload.features, { a: { rules: [{ force: 1 }] } });
  assertEquals(issues, []);
});

Deno.test("parsePayload() names a place unambiguously", () => {
  assertEquals(
    issuesOf({ "a/b~c.d": { rules: [{ force: 1, coverage: 2 }] } }),
    ["coverage-out-of-bounds /a~1b~0c.d/rules/0/coverage"],
  );
});

Deno.test("parsePayload() tells what is there, cut where it is long", () => {
  const { issues } = parsePayload({ a: "x".repeat(1000) });
  assertEquals(
    issues[0]!.message,
    `Cannot use the feature, which should be an object: the current value is "${
      "x".repeat(60)
    }"...`,
  );
});

Deno.test("parsePayload() lists a thousand issues and one that counts the rest", () => {
  const features = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index) => [`f${index}`, 5]),
  );
  const { issues } = parsePayload(features);
  assertEquals(issues.length, 1001);
  assertEquals(issues.at(-1), {
    path: "",
    code: "too-many-issues",
    severity: "warning",
    message: "Cannot list more than 1000 issues: there are 500 more",
  });
});

Deno.test("lintPayload() prefers errors where there is no room for all issues", () => {
  const warnings = Array.from({ length: 1500 }, () => ({ id: "empty" }));
  const errors = Array.from({ length: 20 }, () => 5 as JsonValue);
  const issues = lintPayload({ a: { rules: [...warnings, ...errors] } });
  assertEquals(issues.length, 1001);
  const isError = ({ severity }: { severity: string }) => severity === "error";
  assertEquals(issues.filter(isError).length, 20);
});

Deno.test(
  "lintPayload() finds nothing in the fixture of a real application [data]",
  {
    ignore: readFixture() === undefined,
  },
  () => {
    assertEquals(lintPayload(readFixture()), []);
  },
);

function readFixture(): unknown {
  const url = new URL(
    "../../../../../shared/fixtures/acme-donuts.json",
    import.meta.url,
  );
  try {
    return JSON.parse(Deno.readTextFileSync(url));
  } catch {
    return undefined;
  }
}

function nullPrototype(record: object): object {
  return Object.assign(Object.create(null), record);
}
