import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Attributes,
  type Condition,
  type Context,
  decideExperiment,
  decideFeature,
  evalCondition,
  type FeatureDefinitions,
  runExperiment,
} from "../../mod.ts";
import { malformed } from "../support/malformed.ts";
import { runs } from "../support/runs.ts";

function fail(): never {
  throw new Error("Cannot be read: the current value is hostile");
}

const throwing: ProxyHandler<object> = Object.fromEntries(
  Reflect.ownKeys(Reflect).filter((trap) => typeof trap === "string")
    .map((trap) => [trap, fail]),
);

const cyclic: Record<string, unknown> = { name: "cyclic" };
cyclic["self"] = cyclic;
const cyclicArray: unknown[] = [];
cyclicArray.push(cyclicArray);

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function deepArray(levels: number): unknown {
  let array: unknown = [];
  for (let level = 0; level < levels; level++) array = [array];
  return array;
}

/** Values that no JSON has, most of which can't become a primitive without an exception. */
const values: readonly (readonly [name: string, value: unknown])[] = [
  ["a proxy that always throws", new Proxy({}, throwing)],
  ["a proxy of an array that always throws", new Proxy([], throwing)],
  ["a proxy of a function that always throws", new Proxy(() => {}, throwing)],
  ["a revoked proxy", revoked({})],
  ["a revoked proxy of an array", revoked([])],
  [
    "an object whose getters throw",
    Object.defineProperty({}, "b", { get: fail, enumerable: true }),
  ],
  ["an object whose toString throws", { toString: fail, valueOf: fail }],
  ["an object whose Symbol.toPrimitive throws", { [Symbol.toPrimitive]: fail }],
  ["an object whose toJSON throws", { toJSON: fail }],
  ["an object without a prototype", Object.create(null)],
  ["an array whose elements throw", [
    { toString: fail },
    new Proxy({}, throwing),
  ]],
  ["an array with holes", new Array(3)],
  [
    "an array whose join throws",
    Object.assign([1], { join: fail, toString: fail }),
  ],
  ["a cyclic object", cyclic],
  ["a cyclic array", cyclicArray],
  ["an array that nests 20,000 deep", deepArray(20_000)],
  ["a symbol", Symbol("hostile")],
  ["a bigint", 7n],
  ["a function", () => "7"],
  ["a class", class Hostile {}],
  ["a date", new Date(0)],
  ["an invalid date", new Date(NaN)],
  ["a map", new Map([["b", 1]])],
  ["a boxed string", new String("x")],
  ["a regular expression", /x/],
  ["NaN", NaN],
  ["undefined", undefined],
];

/** What a condition can expect of an attribute, each operator included. */
const expectations: readonly unknown[] = [
  "x",
  5,
  0,
  true,
  false,
  null,
  [],
  [1],
  {},
  { b: 1 },
  { $eq: "x" },
  { $ne: "x" },
  { $lt: 5 },
  { $lte: "5" },
  { $gt: 0 },
  { $gte: 0 },
  { $exists: true },
  { $in: ["x"] },
  { $in: Array.from({ length: 50 }, (_, index) => index) },
  { $nin: ["x"] },
  { $ini: ["x"] },
  { $nini: ["x"] },
  { $all: ["x"] },
  { $all: [{ $gt: 0 }] },
  { $alli: ["x"] },
  { $inGroup: "g" },
  { $notInGroup: "g" },
  { $size: 1 },
  { $elemMatch: { $gt: 0 } },
  { $elemMatch: { b: 1 } },
  { $not: { $gt: 0 } },
  { $type: "object" },
  { $regex: "x" },
  { $regexi: "x" },
  { $veq: "1.0.0" },
  { $vne: "1.0.0" },
  { $vlt: "1.0.0" },
  { $vgte: "1.0.0" },
];

const groups = { g: ["x"] };

for (const [name, value] of values) {
  Deno.test(`evalCondition() gives an answer for ${name}`, () => {
    for (const expected of expectations) {
      for (const path of ["a", "a.b", "a.0"]) {
        const condition = malformed<Condition>({ [path]: expected });
        const answer = evalCondition({ a: value }, condition, groups);
        assertEquals(typeof answer, "boolean", JSON.stringify(condition));
      }
    }
  });

  Deno.test(`evalCondition() gives an answer when the attributes are ${name}`, () => {
    for (const expected of expectations) {
      const condition = malformed<Condition>({ a: expected });
      const answer = evalCondition(
        malformed<Attributes>(value),
        condition,
        groups,
      );
      assertEquals(typeof answer, "boolean", JSON.stringify(condition));
    }
  });

  Deno.test(`evalCondition() gives an answer for a saved group's attribute that is ${name}`, () => {
    const savedGroups = {
      g: { type: "list", attributeKey: "a", values: ["x"] },
    } as const;
    const condition = { $savedGroup: { id: "g" } };
    assertEquals(evalCondition({ a: value }, condition, savedGroups), false);
  });

  Deno.test(`decideFeature() gives a result when the hash attribute is ${name}`, () => {
    for (const key of Object.keys(features)) {
      const context = { features, attributes: { id: value } };
      assertEquals(typeof decideFeature(context, key).result.source, "string");
      const sticky = { ...context, stickyBucketAssignmentDocs: {} };
      assertEquals(typeof decideFeature(sticky, key).result.source, "string");
    }
  });

  Deno.test(`decideFeature() gives a result when the attributes are ${name}`, () => {
    for (const key of Object.keys(features)) {
      const attributes = malformed<Attributes>(value);
      assertEquals(
        typeof decideFeature({ features, attributes }, key).result.source,
        "string",
      );
    }
  });

  Deno.test(`decideFeature() gives a result when the attributes are ${name}, with overrides`, () => {
    const hostile = malformed<Attributes>(value);
    for (const attributes of [hostile, { id: "7" }]) {
      const attributeOverrides = attributes === hostile ? { id: "7" } : hostile;
      const context = { features, attributes, attributeOverrides };
      assertEquals(
        typeof decideFeature(context, "experiment").result.source,
        "string",
      );
    }
  });

  Deno.test(`decideExperiment() gives a result when the hash attribute is ${name}`, () => {
    const { result, events } = decideExperiment(
      {
        attributes: { id: value, device: "d" },
        stickyBucketAssignmentDocs: {},
      },
      { key: "exp", variations: ["a", "b"], fallbackAttribute: "device" },
    );
    assertEquals(
      events.some(({ type }) => type === "experiment.viewed"),
      result.inExperiment,
    );
  });

  Deno.test(`decideExperiment() gives a result when the attributes are ${name}`, () => {
    const { result, events } = decideExperiment(
      { attributes: malformed<Attributes>(value) },
      { key: "exp", variations: ["a", "b"] },
    );
    assertEquals([result.inExperiment, events], [false, []]);
  });
}

const features: FeatureDefinitions = {
  experiment: { rules: [{ variations: ["a", "b"], hashVersion: 2 }] },
  rollout: { defaultValue: "off", rules: [{ force: "on", coverage: 0.5 }] },
  range: { defaultValue: "off", rules: [{ force: "on", range: [0, 0.5] }] },
  filtered: {
    rules: [{ filters: [{ seed: "f", ranges: [[0, 0.5]] }], force: "on" }],
  },
  space: { rules: [{ namespace: ["n", 0, 0.5], variations: ["a", "b"] }] },
  targeted: { rules: [{ condition: { id: { $gt: 0 } }, force: "on" }] },
  compared: { rules: [{ condition: { id: "x" }, force: "on" }] },
  fallback: {
    rules: [{
      variations: ["a", "b"],
      hashAttribute: "none",
      fallbackAttribute: "id",
    }],
  },
};

const getters: Attributes = Object.defineProperties({}, {
  id: { get: fail, enumerable: true },
  country: { get: fail, enumerable: true },
});

Deno.test("a rule does not apply where an attribute it reads throws", () => {
  for (const key of Object.keys(features)) {
    const { result, events } = decideFeature(
      { features, attributes: getters },
      key,
    );
    assertEquals([result.source, events], ["defaultValue", []], key);
  }
});

Deno.test("a rule applies where only an attribute that it does not read throws", () => {
  const attributes = Object.defineProperty({ id: "7" }, "country", {
    get: fail,
    enumerable: true,
  });
  const { result } = decideFeature({ features, attributes }, "experiment");
  assertEquals(result.source, "experiment");
});

Deno.test("the rule behind one that can't be evaluated applies", () => {
  const rules = [{ condition: { country: "fr" }, force: "a" }, { force: "b" }];
  const context = { features: { feature: { rules } }, attributes: getters };
  assertEquals(decideFeature(context, "feature").result.value, "b");
});

Deno.test("a condition is false where an attribute that it reads throws, also under $not", () => {
  assertEquals(evalCondition(getters, { country: "fr" }), false);
  assertEquals(evalCondition(getters, { $not: { country: "fr" } }), false);
  assertEquals(evalCondition(getters, { $nor: [{ country: "fr" }] }), false);
});

/** Values that can't become a primitive: comparing them fails, whatever they are compared with. */
const unspeakable = values.filter(([name]) =>
  [
    "always throws",
    "whose toString",
    "whose Symbol",
    "without a prototype",
    "whose elements",
    "a revoked proxy",
  ]
    .some((part) => name.includes(part))
);

for (const [name, value] of unspeakable) {
  for (
    const expected of [
      "x",
      "",
      0,
      5,
      { $lt: 5 },
      { $gte: 0 },
      { $lte: 0 },
      { $gt: "" },
      { $regex: "" },
      { $regexi: "" },
    ]
  ) {
    Deno.test(`${name} fails a comparison with ${JSON.stringify(expected)}`, () => {
      assertEquals(evalCondition({ a: value }, { a: expected }), false);
    });
  }

  Deno.test(`${name} fails a comparison by itself, so that $not turns it around`, () => {
    for (
      const expected of ["x", 0, { $lt: 5 }, { $gte: 0 }, { $lte: 0 }, {
        $gt: "",
      }]
    ) {
      assertEquals(
        evalCondition({ a: value }, { a: { $not: expected } }),
        true,
        JSON.stringify(expected),
      );
    }
  });

  Deno.test(`${name} puts nobody into an experiment as the hash attribute`, () => {
    const experiment = { key: "exp", variations: ["a", "b"] };
    const { inExperiment, hashUsed } = runExperiment({
      attributes: { id: value },
    }, experiment);
    assertEquals([inExperiment, hashUsed], [false, false]);
  });

  Deno.test(`${name} puts nobody into a rollout as the hash attribute`, () => {
    const rules = [{ force: "on", coverage: 1 }];
    const context = {
      features: { feature: { rules } },
      attributes: { id: value },
    };
    assertEquals(
      decideFeature(context, "feature").result.source,
      "defaultValue",
    );
  });
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

Deno.test("evalCondition() never throws, whatever the attributes and the condition", () => {
  fc.assert(
    fc.property(anything, anything, (attributes, condition) => {
      const answer = evalCondition(malformed(attributes), malformed(condition));
      assertEquals(typeof answer, "boolean");
    }),
    runs(100),
  );
});

Deno.test("decideFeature() never throws, whatever the rule and the attributes", () => {
  fc.assert(
    fc.property(anything, anything, (rule, attributes) => {
      const features = malformed<FeatureDefinitions>({
        feature: { rules: [rule] },
      });
      const context = {
        features,
        attributes: malformed<Attributes>(attributes),
      };
      assertEquals(
        typeof decideFeature(context, "feature").result.source,
        "string",
      );
    }),
    runs(100),
  );
});

Deno.test("decideFeature() never throws, whatever the fields of a rule", () => {
  const fields = [
    "condition",
    "parentConditions",
    "filters",
    "coverage",
    "range",
    "hashAttribute",
    "fallbackAttribute",
    "hashVersion",
    "seed",
    "key",
    "weights",
    "ranges",
    "meta",
    "namespace",
    "bucketVersion",
    "minBucketVersion",
    "tracks",
    "contextualBanditRef",
  ];
  const rule = fc.record(
    Object.fromEntries(fields.map((field) => [field, anything])),
    { requiredKeys: [] },
  );
  const gives = fc.oneof(
    fc.record({ force: anything }),
    fc.record({ variations: fc.oneof(anything, fc.constant(["a", "b"])) }),
  );
  const context = fc.record({
    attributes: fc.constant({ id: "7" }),
    stickyBucketAssignmentDocs: fc.oneof(fc.constant(undefined), anything),
    savedGroups: anything,
    contextualBandits: anything,
    forcedVariations: anything,
    overrides: anything,
    groups: anything,
  }, { requiredKeys: ["attributes"] });
  fc.assert(
    fc.property(rule, gives, context, (rule, gives, context) => {
      const features = { feature: { rules: [{ ...rule, ...gives }] } };
      const { result } = decideFeature(
        malformed<Context>({ ...context, features }),
        "feature",
      );
      assertEquals(typeof result.source, "string");
    }),
    runs(1_000),
  );
});
