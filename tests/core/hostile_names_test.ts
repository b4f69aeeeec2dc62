import { assertEquals } from "@std/assert";
import {
  type Attributes,
  type Condition,
  decideFeature,
  evalCondition,
  evalFeature,
  type ExperimentOverride,
  type FeatureDefinition,
  isOn,
  type JsonValue,
  runExperiment,
  type StickyAssignmentDocument,
} from "../../mod.ts";

/** Names that plain objects inherit, or treat as no name at all. */
const names = [
  "constructor",
  "toString",
  "__proto__",
  "hasOwnProperty",
  "valueOf",
];

/** A record with one own entry; an object literal would take `__proto__` for its prototype. */
function record<T>(name: string, value: T): { readonly [name: string]: T } {
  const entries: Record<string, T> = {};
  Object.defineProperty(entries, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return entries;
}

const attributes = { id: "7" };
const variations = ["control", "treatment"];
const weights = [1, 0];

/** The feature `feature` of a definition, with more in its context. */
function value(definition: FeatureDefinition, context: object = {}): JsonValue {
  const features = { feature: { defaultValue: "default", ...definition } };
  return evalFeature({ attributes, ...context, features }, "feature").value;
}

for (const name of names) {
  Deno.test(`${name} is no feature where none is defined`, () => {
    assertEquals(evalFeature({ features: {} }, name), {
      value: null,
      on: false,
      off: true,
      source: "unknownFeature",
      ruleId: "",
    });
  });

  Deno.test(`${name} may be a feature`, () => {
    const features = record<FeatureDefinition>(name, { defaultValue: 1 });
    assertEquals(evalFeature({ features }, name).value, 1);
    assertEquals(isOn({ features }, name), true);
  });

  Deno.test(`${name} may be a feature with rules and an experiment`, () => {
    const features = record<FeatureDefinition>(name, {
      rules: [{ variations, weights }],
    });
    const { experiment, experimentResult } = evalFeature({
      features,
      attributes,
    }, name);
    assertEquals([experiment?.key, experimentResult?.featureId], [name, name]);
  });

  Deno.test(`${name} is no forced feature value where none is given`, () => {
    assertEquals(
      evalFeature({ forcedFeatureValues: {} }, name).source,
      "unknownFeature",
    );
  });

  Deno.test(`${name} may be a forced feature value`, () => {
    const forcedFeatureValues = record<JsonValue>(name, 1);
    const result = evalFeature({ forcedFeatureValues }, name);
    assertEquals([result.value, result.source], [1, "override"]);
  });

  Deno.test(`${name} is no parent where none is defined`, () => {
    const parentConditions = [{
      id: name,
      condition: { value: { $exists: true } },
    }];
    assertEquals(
      value({ rules: [{ parentConditions, force: "x" }] }),
      "default",
    );
  });

  Deno.test(`${name} may be a parent`, () => {
    const features = {
      ...record<FeatureDefinition>(name, { defaultValue: true }),
      feature: {
        rules: [{
          parentConditions: [{ id: name, condition: { value: true } }],
          force: "x",
        }],
      },
    };
    assertEquals(evalFeature({ features }, "feature").value, "x");
  });

  Deno.test(`${name} may be in a circle`, () => {
    const features = record<FeatureDefinition>(name, {
      rules: [{ parentConditions: [{ id: name, condition: {} }], force: 1 }],
    });
    assertEquals(evalFeature({ features }, name).source, "cyclicPrerequisite");
  });

  Deno.test(`${name} is a missing attribute where it is not given`, () => {
    assertEquals(evalCondition({}, record<Condition["x"]>(name, null)), true);
    assertEquals(evalCondition({}, record(name, { $exists: true })), false);
    assertEquals(evalCondition({}, record(name, { $type: "null" })), true);
  });

  Deno.test(`${name} may be an attribute`, () => {
    assertEquals(evalCondition(record(name, "x"), record(name, "x")), true);
    assertEquals(
      evalCondition(record(name, "x"), record(name, { $in: ["x"] })),
      true,
    );
  });

  Deno.test(`${name} breaks a path off where it is not given`, () => {
    assertEquals(evalCondition({ a: {} }, { [`a.${name}`]: null }), true);
    assertEquals(evalCondition({ a: {} }, { [`a.${name}.name`]: null }), true);
    assertEquals(evalCondition({ a: "text" }, { [`a.${name}`]: null }), true);
    assertEquals(evalCondition({ a: [] }, { [`a.${name}`]: null }), true);
  });

  Deno.test(`${name} may be part of a path`, () => {
    const nested = { a: record(name, { b: "x" }) };
    assertEquals(evalCondition(nested, { [`a.${name}.b`]: "x" }), true);
  });

  Deno.test(`${name} is compared by JSON text like any other key`, () => {
    const condition = { a: record(name, "x") };
    assertEquals(evalCondition({ a: record(name, "x") }, condition), true);
    assertEquals(evalCondition({ a: {} }, condition), false);
  });

  Deno.test(`${name} is no hash attribute where it is not given`, () => {
    const experiment = { key: "exp", variations, hashAttribute: name };
    const { inExperiment, hashValue } = runExperiment(
      { attributes: {} },
      experiment,
    );
    assertEquals([inExperiment, hashValue], [false, ""]);
  });

  Deno.test(`${name} may be the hash attribute`, () => {
    const experiment = { key: "exp", variations, hashAttribute: name };
    const { inExperiment, hashValue } = runExperiment({
      attributes: record(name, "7"),
    }, experiment);
    assertEquals([inExperiment, hashValue], [true, "7"]);
  });

  Deno.test(`${name} may be the fallback attribute`, () => {
    const experiment = {
      key: "exp",
      variations,
      hashAttribute: "none",
      fallbackAttribute: name,
    };
    const run = (attributes: Attributes) =>
      runExperiment({ attributes, stickyBucketAssignmentDocs: {} }, experiment)
        .inExperiment;
    assertEquals([run({}), run(record(name, "7"))], [false, true]);
  });

  Deno.test(`${name} may be overridden as an attribute`, () => {
    const rules = [{ condition: record(name, "x"), force: "x" }];
    assertEquals(
      value({ rules }, { attributeOverrides: record(name, "x") }),
      "x",
    );
    assertEquals(value({ rules }, { attributeOverrides: {} }), "default");
  });

  Deno.test(`${name} is an empty saved group where it is not given`, () => {
    assertEquals(
      evalCondition({ a: "x" }, { a: { $inGroup: name } }, {}),
      false,
    );
    assertEquals(
      evalCondition({ a: "x" }, { a: { $notInGroup: name } }, {}),
      true,
    );
    assertEquals(
      evalCondition({ a: "x" }, { $savedGroup: { id: name } }, {}),
      false,
    );
  });

  Deno.test(`${name} may be a saved group`, () => {
    const list = record(name, ["x"]);
    assertEquals(
      evalCondition({ a: "x" }, { a: { $inGroup: name } }, list),
      true,
    );
    const typed = record(
      name,
      { type: "list", attributeKey: "a", values: ["x"] } as const,
    );
    assertEquals(
      evalCondition({ a: "x" }, { $savedGroup: { id: name } }, typed),
      true,
    );
    const described = record(
      name,
      { type: "condition", condition: { a: "x" } } as const,
    );
    assertEquals(
      evalCondition({ a: "x" }, { $savedGroup: { id: name } }, described),
      true,
    );
  });

  Deno.test(`${name} may be the attribute that a saved group names`, () => {
    const groups = {
      g: { type: "list", attributeKey: name, values: ["x", null] },
    } as const;
    const condition = { $savedGroup: { id: "g" } };
    assertEquals(evalCondition(record(name, "x"), condition, groups), true);
    assertEquals(evalCondition(record(name, "y"), condition, groups), false);
    assertEquals(evalCondition({}, condition, groups), true);
  });

  Deno.test(`${name} is no forced variation where none is given`, () => {
    const experiment = { key: name, variations, weights };
    assertEquals(
      runExperiment({ attributes, forcedVariations: {} }, experiment).hashUsed,
      true,
    );
  });

  Deno.test(`${name} may be an experiment with a forced variation`, () => {
    const experiment = { key: name, variations, weights };
    const context = { attributes, forcedVariations: record(name, 1) };
    assertEquals(runExperiment(context, experiment).value, "treatment");
  });

  Deno.test(`${name} may be an experiment in the query string`, () => {
    const experiment = { key: name, variations, weights };
    const at = (url: string) =>
      runExperiment({ attributes, url }, experiment).value;
    assertEquals([at("/"), at(`/?${name}=1`)], ["control", "treatment"]);
  });

  Deno.test(`${name} may be an experiment with an override`, () => {
    const experiment = { key: name, variations, weights };
    const run = (overrides: { readonly [key: string]: ExperimentOverride }) =>
      runExperiment({ attributes, overrides }, experiment).value;
    assertEquals([run({}), run(record(name, { weights: [0, 1] }))], [
      "control",
      "treatment",
    ]);
  });

  Deno.test(`${name} may be an experiment with a sticky bucket`, () => {
    const experiment = {
      key: name,
      variations,
      weights,
      meta: [{ key: "c" }, { key: "t" }],
    };
    const document = {
      attributeName: "id",
      attributeValue: "7",
      assignments: { [`${name}__0`]: "t" },
    };
    const run = (
      stickyBucketAssignmentDocs: {
        readonly [key: string]: StickyAssignmentDocument;
      },
    ) =>
      runExperiment({ attributes, stickyBucketAssignmentDocs }, experiment)
        .value;
    assertEquals([run({}), run({ "id||7": document })], [
      "control",
      "treatment",
    ]);
  });

  Deno.test(`${name} may be the value of the hash attribute with a sticky bucket`, () => {
    const features = {
      feature: { rules: [{ key: "exp", variations, weights }] },
    };
    const context = {
      features,
      attributes: { id: name },
      stickyBucketAssignmentDocs: {},
    };
    assertEquals(decideFeature(context, "feature").events[0], {
      type: "sticky-bucket.assigned",
      attributeName: "id",
      attributeValue: name,
      assignments: { exp__0: "0" },
    });
  });

  Deno.test(`${name} may be a variation's key`, () => {
    const experiment = {
      key: "exp",
      variations,
      weights,
      meta: [{ key: "c" }, { key: name }],
    };
    const document = {
      attributeName: "id",
      attributeValue: "7",
      assignments: { exp__0: name },
    };
    const context = {
      attributes,
      stickyBucketAssignmentDocs: { "id||7": document },
    };
    assertEquals(runExperiment(context, experiment).key, name);
  });

  Deno.test(`${name} is no group where none is given`, () => {
    const experiment = { key: "exp", variations, groups: [name] };
    assertEquals(
      runExperiment({ attributes, groups: {} }, experiment).inExperiment,
      false,
    );
    assertEquals(
      runExperiment({ attributes, groups: record(name, true) }, experiment)
        .inExperiment,
      true,
    );
  });

  Deno.test(`${name} is no contextual bandit where none is given`, () => {
    const rules = [{
      contextualVariations: variations,
      contextualBanditRef: name,
      weights,
    }];
    assertEquals(value({ rules }, { contextualBandits: {} }), "control");
    const bandits = record(name, {
      contexts: [{ leafId: 1, weights: [0, 1] }],
    });
    assertEquals(value({ rules }, { contextualBandits: bandits }), "treatment");
  });

  Deno.test(`${name} may be a seed`, () => {
    const run = (seed: string) =>
      runExperiment({ attributes }, { key: "exp", variations, seed }).bucket;
    assertEquals(
      run(name),
      runExperiment({ attributes }, { key: name, variations }).bucket,
    );
  });
}

// What an object inherits is never its own, wherever it inherits it from.
Deno.test("an inherited feature is unknown", () => {
  const features = Object.create({ feature: { defaultValue: 1 } });
  assertEquals(evalFeature({ features }, "feature").source, "unknownFeature");
});

Deno.test("an inherited attribute is missing", () => {
  const attributes = Object.create({ id: "7" });
  assertEquals(evalCondition(attributes, { id: "7" }), false);
  const experiment = { key: "exp", variations };
  assertEquals(runExperiment({ attributes }, experiment).inExperiment, false);
});

Deno.test("an inherited saved group is unknown", () => {
  const groups = Object.create({ g: ["x"] });
  assertEquals(
    evalCondition({ a: "x" }, { a: { $inGroup: "g" } }, groups),
    false,
  );
});

Deno.test("an inherited forced value forces nothing", () => {
  const forcedFeatureValues = Object.create({ feature: 1 });
  assertEquals(
    evalFeature({ forcedFeatureValues }, "feature").source,
    "unknownFeature",
  );
});

Deno.test("an inherited forced variation forces nothing", () => {
  const forcedVariations = Object.create({ exp: 1 });
  const experiment = { key: "exp", variations, weights };
  assertEquals(
    runExperiment({ attributes, forcedVariations }, experiment).value,
    "control",
  );
});

Deno.test("an inherited sticky bucket document is not found", () => {
  const stickyBucketAssignmentDocs = Object.create({
    "id||7": {
      attributeName: "id",
      attributeValue: "7",
      assignments: { exp__0: "t" },
    },
  });
  const experiment = {
    key: "exp",
    variations,
    weights,
    meta: [{ key: "c" }, { key: "t" }],
  };
  const context = { attributes, stickyBucketAssignmentDocs };
  assertEquals(runExperiment(context, experiment).value, "control");
});

Deno.test("an inherited force forces nothing", () => {
  const rule = Object.create({ force: "inherited" });
  assertEquals(value({ rules: [rule] }), "default");
});

Deno.test("a polluted prototype changes nothing", () => {
  const pollution = {
    country: "fr",
    feature: { defaultValue: "polluted" },
    g: ["7"],
    exp: 1,
    force: "polluted",
  };
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(pollution)) {
    Object.defineProperty(prototype, name, { value, configurable: true });
  }
  try {
    assertEquals(
      evalFeature({ features: {} }, "feature").source,
      "unknownFeature",
    );
    assertEquals(evalCondition({}, { country: "fr" }, {}), false);
    assertEquals(
      evalCondition({ a: "7" }, { a: { $inGroup: "g" } }, {}),
      false,
    );
    assertEquals(value({ rules: [{ id: "rule" }] }), "default");
    const experiment = { key: "exp", variations, weights };
    assertEquals(
      runExperiment({ attributes, forcedVariations: {} }, experiment).hashUsed,
      true,
    );
  } finally {
    for (const name of Object.keys(pollution)) delete prototype[name];
  }
});

Deno.test("__proto__ may be the key of a second assignment of a decision", () => {
  // As in any runtime but Deno.
  Object.defineProperty(Object.prototype, "__proto__", {
    configurable: true,
    get: () => Object.prototype,
    set: () => {},
  });
  try {
    const meta = [{ key: "0", passthrough: true }, { key: "1" }];
    // An assignment has the key `{experiment}__{version}`.
    const rules = [
      { variations, weights, meta, bucketVersion: 1 },
      { variations, weights, meta, bucketVersion: "proto__" },
      {
        variations,
        weights: [0, 1],
        meta: [{ key: "0" }, { key: "1" }],
        bucketVersion: "proto__",
      },
    ] as object[];
    const context = {
      features: { "": { rules } },
      attributes,
      stickyBucketAssignmentDocs: {},
    };
    const { experimentResult } = evalFeature(context, "");
    assertEquals(experimentResult?.stickyBucketUsed, true);
  } finally {
    Reflect.deleteProperty(Object.prototype, "__proto__");
  }
});
