import { assertEquals } from "@std/assert";
import { maxPrerequisiteDepth } from "../../../core/feature/evaluate_feature.ts";
import {
  evalFeature,
  type FeatureDefinition,
  type FeatureDefinitions,
  type ParentCondition,
  runExperiment,
} from "../../../mod.ts";
import {
  child,
  childOf,
  cyclic,
  off,
  on,
  passed,
  type PrerequisiteRow,
  skipped,
  wantsTrue,
} from "../../support/evaluation/prerequisites.ts";
import { testRows } from "../../support/test_rows.ts";

const cycles: readonly PrerequisiteRow[] = [
  ["a circle in a later rule", {
    child: {
      rules: [{ condition: { never: true }, force: "x" }, {
        parentConditions: [wantsTrue("child")],
        force: "y",
      }],
    },
  }, cyclic],
  [
    "a feature that asks for itself",
    { child: childOf(wantsTrue("child")) },
    cyclic,
  ],
  ["two features that ask for each other", {
    child: childOf(wantsTrue("p")),
    p: childOf(wantsTrue("child")),
  }, cyclic],
  ["a circle further up", {
    child: childOf(wantsTrue("p")),
    p: childOf(wantsTrue("q")),
    q: childOf(wantsTrue("p")),
  }, cyclic],
  ["a circle whatever the condition says", {
    child: childOf({ id: "child", condition: {} }),
  }, cyclic],
  ["a circle whatever the condition says of null", {
    child: childOf({ id: "child", condition: { value: null } }),
  }, cyclic],
  ["a circle behind a parent that passes", {
    child: childOf(wantsTrue("p"), wantsTrue("child")),
    p: on,
  }, cyclic],
  ["no circle that it does not get to", {
    child: childOf(wantsTrue("p"), wantsTrue("child")),
    p: off,
  }, skipped],
  ["no circle in a rule behind one that applies", {
    child: {
      rules: [{ force: "child" }, {
        parentConditions: [wantsTrue("child")],
        force: "x",
      }],
    },
  }, passed],
  ["a circle in spite of later rules", {
    child: {
      defaultValue: "d",
      rules: [{ parentConditions: [wantsTrue("child")], force: "x" }, {
        force: "y",
      }],
    },
  }, cyclic],
  ["a circle of a parent that comes before its value", {
    child: childOf(wantsTrue("p")),
    p: {
      defaultValue: true,
      rules: [{ parentConditions: [wantsTrue("p")], force: true }],
    },
  }, cyclic],
  ["no circle where two rules ask for one parent", {
    child: {
      rules: [{ parentConditions: [wantsTrue("p")], force: "a" }, {
        parentConditions: [{ id: "p", condition: { value: false } }],
        force: "child",
      }],
    },
    p: off,
  }, passed],
  ["no circle where two parents share a parent", {
    child: childOf({ id: "p", condition: { value: "child" } }, {
      id: "q",
      condition: { value: "child" },
    }),
    p: childOf(wantsTrue("r")),
    q: childOf(wantsTrue("r")),
    r: on,
  }, passed],
  ["no circle where a parent is a sibling's parent too", {
    child: childOf({ id: "p", condition: { value: "child" } }, wantsTrue("r")),
    p: childOf(wantsTrue("r")),
    r: on,
  }, passed],
  ["no circle where a sibling is a parent's parent", {
    child: childOf(wantsTrue("r"), { id: "p", condition: { value: "child" } }),
    p: childOf(wantsTrue("r")),
    r: on,
  }, passed],
];

testRows("a feature finds", cycles, ([, features, expected]) => {
  assertEquals(child(features), expected);
});

Deno.test("a feature in a circle has no value, from whichever end it is asked for", () => {
  const features = {
    one: childOf(wantsTrue("two")),
    two: childOf(wantsTrue("one")),
  };
  for (const key of ["one", "two"]) {
    assertEquals(evalFeature({ features }, key), {
      value: null,
      on: false,
      off: true,
      source: "cyclicPrerequisite",
      ruleId: "",
    });
  }
});

Deno.test("a circle is left where the context forces a value", () => {
  const features = {
    child: childOf(wantsTrue("p")),
    p: childOf(wantsTrue("child")),
  };
  assertEquals(child(features, { forcedFeatureValues: { p: true } }), passed);
});

// Under A, B is kept from its experiment by the circle; under the child, it is not.
Deno.test("a parent that was found in a circle is evaluated anew outside of it", () => {
  const experiment = (key: string): FeatureDefinition => ({
    defaultValue: `${key}-default`,
    rules: [{
      key: `${key}-exp`,
      variations: [`${key}-0`, `${key}-1`],
      weights: [0, 1],
    }],
  });
  const features = {
    child: childOf({ id: "A", condition: { value: "A-default" } }, {
      id: "B",
      condition: { value: "B-1" },
    }),
    A: experiment("A"),
    B: experiment("B"),
  };
  const overrides = {
    "A-exp": { parentConditions: [{ id: "B", condition: { value: "B-1" } }] },
    "B-exp": {
      parentConditions: [{ id: "A", condition: { value: "A-default" } }],
    },
  };
  assertEquals(child(features, { overrides, attributes: { id: "7" } }), passed);
});

Deno.test("a parent that an override adds closes a circle like any other", () => {
  const features = {
    feature: {
      defaultValue: "default",
      rules: [{ key: "exp", variations: ["a", "b"] }],
    },
  };
  const overrides = {
    exp: { parentConditions: [{ id: "feature", condition: {} }] },
  };
  const context = { features, overrides, attributes: { id: "7" } };
  assertEquals(evalFeature(context, "feature").source, "defaultValue");
});

/** Features that each ask for the next one twice. */
function doubled(levels: number): FeatureDefinitions {
  return Object.fromEntries(
    Array.from({ length: levels + 1 }, (_, level) => [
      level === 0 ? "child" : `level-${level}`,
      level === levels ? on : {
        defaultValue: false,
        rules: [{
          parentConditions: [
            wantsTrue(`level-${level + 1}`),
            wantsTrue(`level-${level + 1}`),
          ],
          force: true,
        }],
      },
    ]),
  );
}

// Without a memo of what is known, this is 2^24 evaluations.
Deno.test("24 levels of doubled prerequisites finish", () => {
  assertEquals(child(doubled(24)), [true, "force"]);
});

Deno.test("200 levels of doubled prerequisites finish", () => {
  assertEquals(child(doubled(200)), [true, "force"]);
});

Deno.test("24 levels of doubled prerequisites finish in a circle too", () => {
  const features = { ...doubled(24), "level-24": childOf(wantsTrue("child")) };
  assertEquals(child(features), cyclic);
});

Deno.test("24 levels of doubled prerequisites finish when the last one fails", () => {
  assertEquals(child({ ...doubled(24), "level-24": off }), [
    false,
    "defaultValue",
  ]);
});

function chained(
  length: number,
  wanted: ParentCondition["condition"] = { value: true },
): FeatureDefinitions {
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [
      index === 0 ? "child" : `link-${index}`,
      index === length - 1 ? on : {
        rules: [{
          parentConditions: [{ id: `link-${index + 1}`, condition: wanted }],
          force: true,
        }],
      },
    ]),
  );
}

Deno.test("200 chained prerequisites hold", () => {
  assertEquals(child(chained(200)), [true, "force"]);
});

for (const length of [400, 20_000]) {
  Deno.test(`${length} chained prerequisites count as a circle`, () => {
    assertEquals(child(chained(length)), cyclic);
  });

  Deno.test(`${length} chained prerequisites count as a circle whatever is wanted of them`, () => {
    assertEquals(child(chained(length, { value: null })), cyclic);
    assertEquals(child(chained(length, {})), cyclic);
  });

  Deno.test(`${length} chained prerequisites keep an inline experiment out`, () => {
    const parents = [{ id: "child", condition: {} }];
    const context = { features: chained(length), attributes: { id: "7" } };
    const experiment = {
      key: "exp",
      variations: ["a", "b"],
      parentConditions: parents,
    };
    assertEquals(runExperiment(context, experiment).inExperiment, false);
  });
}

for (const overrides of [undefined, {}]) {
  const told = overrides ? ", whatever overrides may ask" : "";
  Deno.test(`a chain of parents may be as long as the limit, and no longer${told}`, () => {
    const features: Record<string, FeatureDefinition> = {};
    for (let index = 0; index <= maxPrerequisiteDepth; index++) {
      features[index] = childOf({ id: String(index + 1), condition: {} });
    }
    features[maxPrerequisiteDepth + 1] = on;
    const context = { features, ...(overrides && { overrides }) };
    assertEquals(evalFeature(context, "1").source, "force");
    assertEquals(evalFeature(context, "0").source, "cyclicPrerequisite");
  });
}
