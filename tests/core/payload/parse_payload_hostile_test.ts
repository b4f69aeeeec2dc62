import { assert, assertEquals } from "@std/assert";
import { evalFeature, parsePayload } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";
import { issuesOf, withRule } from "./issues_of.ts";

const on = { defaultValue: true };

type ValueRow = readonly [fact: string, value: unknown];

const notJson: readonly ValueRow[] = [
  ["a function", () => 1],
  ["a symbol", Symbol("a")],
  ["a bigint", 1n],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["a date", new Date(0)],
  ["a map", new Map([["a", 1]])],
  ["a set", new Set([1])],
  ["a regular expression", /a/],
  ["bytes", new Uint8Array(2)],
  ["a boxed string", new String("a")],
  ["an error", new Error("a")],
  ["a promise", Promise.resolve(1)],
  ["an array with a hole", sparse(2)],
  ["an array that is one large hole", new Array(4_294_967_295)],
  ["undefined in an array", [undefined]],
  ["a revoked proxy", revoked()],
  ["a property that throws", {
    get a() {
      throw new Error("no");
    },
  }],
  ["a cycle", cycle()],
  ...[
    "get",
    "ownKeys",
    "getPrototypeOf",
    "getOwnPropertyDescriptor",
  ].map((trap): ValueRow => [`a proxy that throws for ${trap}`, {
    proxy: throwing({ a: 1 }, trap),
  }]),
  ["an array proxy that throws", throwing([1], "get")],
  ["an array proxy without a usable length", badLength("many")],
  ["an array proxy of endless length", badLength(Infinity)],
];

testRows("parsePayload() leaves out a feature that has in it", notJson, (
  [, value],
) => {
  const { payload, issues } = parsePayload({
    bad: { rules: [{ condition: { a: value }, force: 1 }] },
    good: on,
  });
  assertEquals<unknown>(payload, { features: { good: on } });
  assertEquals(issues.map(({ code }) => code), ["not-json"]);
  assert(issues[0]!.path.startsWith("/bad/rules/0/condition/a"));
});

testRows("parsePayload() never throws on an input that is", notJson, (
  [, value],
) => {
  parsePayload(value);
  parsePayload({ features: value });
  parsePayload({
    status: value,
    error: value,
    features: { a: value, b: on },
    savedGroups: value,
    contextualBandits: value,
    experiments: value,
    encryptedFeatures: value,
    dateUpdated: value,
  });
});

Deno.test("parsePayload() leaves nobody out of a saved group that is not JSON", () => {
  const input = {
    ...withRule({ condition: { id: { $notInGroup: "g" } }, force: 1 }),
    savedGroups: { g: new Set(["1"]) },
  };
  const { payload, issues } = parsePayload(input);
  const attributes = { id: "1" };
  assertEquals(evalFeature({ ...payload, attributes }, "f").value, null);
  assertEquals(issues.map(({ code, path }) => `${code} ${path}`), [
    "not-json /savedGroups/g",
  ]);
});

Deno.test("parsePayload() leaves out auto experiments that are not JSON", () => {
  const good = { key: "e", variations: [{}, { css: "a" }] };
  const bad = { ...good, condition: () => true };
  const { payload, issues } = parsePayload({
    features: {},
    experiments: [bad, good, 5],
  });
  assertEquals<unknown>(payload.experiments, [good]);
  assertEquals(issues.map(({ code, path }) => `${code} ${path}`), [
    "not-json /experiments/0/condition",
    "wrong-type /experiments/2",
  ]);
});

Deno.test("parsePayload() leaves an array as it is that has names besides", () => {
  const list = Object.assign([1, 2], { name: () => 1, [Symbol("a")]: 1 });
  const { payload } = parsePayload({ a: { defaultValue: list } });
  assertEquals(payload.features["a"]!.defaultValue, [1, 2]);
});

Deno.test("parsePayload() passes over symbols and hidden properties", () => {
  const feature = Object.defineProperty(
    { ...on, [Symbol("a")]: () => 1 },
    "hidden",
    { value: () => 1, enumerable: false },
  );
  assertEquals<unknown>(parsePayload({ a: feature }), {
    payload: { features: { a: on } },
    issues: [],
  });
});

Deno.test("parsePayload() keeps a value that nests 20,000 levels deep", () => {
  const text = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const { payload, issues } = parsePayload({
    a: { defaultValue: JSON.parse(text) },
  });
  let depth = 0;
  let value = payload.features["a"]!.defaultValue;
  for (; Array.isArray(value); value = value[0]) depth++;
  assertEquals(depth, 20_000);
  assertEquals(issues, []);
});

Deno.test("parsePayload() reports a condition that nests 20,000 levels deep once", () => {
  let condition: object = {};
  for (let level = 0; level < 20_000; level++) condition = { $not: condition };
  const path = `/features/f/rules/0/condition${"/$not".repeat(257)}`;
  assertEquals(issuesOf(withRule({ condition, force: 1 })), [
    `condition-too-deep ${path}`,
  ]);
});

Deno.test("lintPayload() tells of a condition that has what it shares in too many places", () => {
  let condition: object = { a: "x" };
  for (let level = 0; level < 40; level++) {
    condition = { $or: [condition, condition] };
  }
  assertEquals(issuesOf(withRule({ condition, force: 1 })), [
    "condition-too-deep /features/f/rules/0/condition",
  ]);
});

Deno.test("parsePayload() ends on an object that has no end", () => {
  const endless = (): object =>
    new Proxy({}, {
      ownKeys: () => ["a"],
      getOwnPropertyDescriptor: () => ({
        enumerable: true,
        configurable: true,
      }),
      get: endless,
    });
  const { payload, issues } = parsePayload({ bad: endless(), good: on });
  assertEquals<unknown>(payload, { features: { good: on } });
  assertEquals(issues.map(({ code }) => code), ["too-large"]);
});

Deno.test("parsePayload() ends on an array that has no end", () => {
  const endless = new Proxy([], {
    get: (_, name) => name === "length" ? Number.MAX_SAFE_INTEGER : 1,
  });
  const { payload, issues } = parsePayload({ bad: { a: endless }, good: on });
  assertEquals<unknown>(payload, { features: { good: on } });
  assertEquals(issues.map(({ code }) => code), ["not-json"]);
});

Deno.test("parsePayload() leaves out the definition that makes a payload too large, and what follows", () => {
  const many = Array.from({ length: 1_500_000 }, () => []);
  const { payload, issues } = parsePayload({
    status: 200,
    features: { good: on, many: { defaultValue: many }, later: on },
  });
  assertEquals<unknown>(payload, { features: { good: on } });
  assertEquals(
    issues.map(({ code, path }) => code + path.slice(0, 14)),
    ["too-large/features/many"],
  );
});

Deno.test("parsePayload() takes features that won't tell what they have for none", () => {
  const features = throwing({}, "getOwnPropertyDescriptor");
  assertEquals<unknown>(parsePayload({ features }).payload, { features: {} });
});

Deno.test("parsePayload() keeps long lists", () => {
  const values = Array.from({ length: 200_000 }, (_, index) => index);
  const { payload, issues } = parsePayload({
    features: {},
    savedGroups: { g: values },
  });
  assertEquals(payload.savedGroups!["g"], values);
  assertEquals(issues, []);
});

for (
  const [name, wrap] of Object.entries<(shared: unknown) => unknown>({
    "in a value": (value) => ({ defaultValue: value }),
    "in variations": (value) => ({ rules: [{ variations: [value, value] }] }),
    "in a condition": (value) => ({
      rules: [{ force: 1, condition: { $or: [value, value] } }],
    }),
    "in what is expected of a value": (value) => ({
      rules: [{ force: 1, condition: { a: { $all: [value, value] } } }],
    }),
  })
) {
  Deno.test(`parsePayload() is done at once with what is doubled 60 times ${name}`, () => {
    const { payload } = parsePayload({
      a: wrap(doubled()),
      b: wrap(doubled()),
    });
    assertEquals(Object.keys(payload.features), ["a", "b"]);
  });
}

Deno.test("parsePayload() looks at what a missing attribute does however deep it nests", () => {
  let expected: object = { $lt: 5 };
  for (let level = 0; level < 20_000; level++) {
    expected = { $lt: 5, $not: expected };
  }
  const codes = issuesOf(withRule({ condition: { a: expected }, force: 1 }))
    .map((issue) => issue.split(" ")[0]);
  assertEquals(codes, ["condition-too-deep"]);
});

Deno.test("parsePayload() checks an object wherever it stands", () => {
  const condition = { country: { $is: "fr" } };
  const rules = [{ condition, force: 1 }, { condition, force: 2 }];
  assertEquals(issuesOf({ f: { rules } }), [
    "unknown-operator /f/rules/0/condition/country/$is",
    "unknown-operator /f/rules/1/condition/country/$is",
  ]);
});

function sparse(length: number): unknown {
  const list: unknown[] = [];
  list[length - 1] = 1;
  return list;
}

function cycle(): unknown {
  const inner: { outer?: unknown } = {};
  const outer = { inner: [inner] };
  inner.outer = outer;
  return outer;
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function throwing(target: object, trap: string): unknown {
  return new Proxy(target, {
    [trap]() {
      throw new Error("no");
    },
  });
}

function badLength(length: unknown): unknown {
  return new Proxy([], { get: (_, name) => name === "length" ? length : 1 });
}

/** An object that would be 2^60 objects if each of its places had one of its own. */
function doubled(): unknown {
  let value: object = { a: 1 };
  for (let level = 0; level < 60; level++) value = { $and: [value, value] };
  return value;
}
