import { assertEquals } from "@std/assert";
import {
  type Context,
  decideFeature,
  evalFeature,
  type FeatureDefinition,
  type FeatureDefinitions,
  type ParentCondition,
  runExperiment,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

const wantsTrue = (id: string, gate?: boolean): ParentCondition => ({
  id,
  condition: { value: true },
  ...(gate === undefined ? {} : { gate }),
});

/** A feature that is on where its parents are. */
const childOf = (
  ...parentConditions: ParentCondition[]
): FeatureDefinition => ({
  defaultValue: "default",
  rules: [{ parentConditions, force: "child" }],
});

/** The value and source of the feature `child`. */
function child(
  features: FeatureDefinitions,
  context: Context = {},
): readonly unknown[] {
  const { value, source } = evalFeature({ ...context, features }, "child");
  return [value, source];
}

const on: FeatureDefinition = { defaultValue: true };
const off: FeatureDefinition = { defaultValue: false };

type Row = readonly [
  fact: string,
  features: FeatureDefinitions,
  expected: readonly unknown[],
];

const passed = ["child", "force"];
const skipped = ["default", "defaultValue"];
const gated = [null, "prerequisite"];
const cyclic = [null, "cyclicPrerequisite"];

const rows: readonly Row[] = [
  ["passes when the parent has the value", {
    child: childOf(wantsTrue("p")),
    p: on,
  }, passed],
  [
    "skips the rule when it has not",
    { child: childOf(wantsTrue("p")), p: off },
    skipped,
  ],
  ["skips the rule when gate is false", {
    child: childOf(wantsTrue("p", false)),
    p: off,
  }, skipped],
  ["ends the feature when it is a gate", {
    child: childOf(wantsTrue("p", true)),
    p: off,
  }, gated],
  ["passes through a gate when the parent has the value", {
    child: childOf(wantsTrue("p", true)),
    p: on,
  }, passed],
  ["sees null for an unknown parent", {
    child: childOf({ id: "p", condition: { value: null } }),
  }, passed],
  ["does not pass an unknown parent by itself", {
    child: childOf(wantsTrue("p")),
  }, skipped],
  ["ends the feature for an unknown parent that is a gate", {
    child: childOf(wantsTrue("p", true)),
  }, gated],
  ["passes whatever the value with an empty condition", {
    child: childOf({ id: "p", condition: {} }),
    p: off,
  }, passed],
  ["passes whatever the value without a condition", {
    child: childOf(malformed({ id: "p" })),
    p: off,
  }, passed],
  ["passes whatever the value with null for a condition", {
    child: childOf(malformed({ id: "p", condition: null })),
    p: off,
  }, passed],
  ["passes without parents", { child: childOf() }, passed],
  ["takes operators on the value", {
    child: childOf({ id: "p", condition: { value: { $in: ["a", "b"] } } }),
    p: { defaultValue: "b" },
  }, passed],
  ["takes a path into the value", {
    child: childOf({ id: "p", condition: { "value.plan": "pro" } }),
    p: { defaultValue: { plan: "pro" } },
  }, passed],
  ["has nothing but the value to test", {
    child: childOf({ id: "p", condition: { source: null, on: null } }),
    p: on,
  }, passed],
  ["needs every parent: the first fails", {
    child: childOf(wantsTrue("p"), wantsTrue("q")),
    p: off,
    q: on,
  }, skipped],
  ["needs every parent: the last fails", {
    child: childOf(wantsTrue("p"), wantsTrue("q")),
    p: on,
    q: off,
  }, skipped],
  ["lets the first parent that fails decide: a skip before a gate", {
    child: childOf(wantsTrue("p"), wantsTrue("q", true)),
    p: off,
    q: off,
  }, skipped],
  ["lets the first parent that fails decide: a gate before a skip", {
    child: childOf(wantsTrue("p", true), wantsTrue("q")),
    p: off,
    q: off,
  }, gated],
  ["follows parents of parents", {
    child: childOf({ id: "p", condition: { value: "child" } }),
    p: childOf(wantsTrue("q")),
    q: on,
  }, passed],
  ["sees null where a parent's gate is closed", {
    child: childOf({ id: "p", condition: { value: null } }),
    p: childOf(wantsTrue("q", true)),
    q: off,
  }, passed],
];

testRows("a prerequisite", rows, ([, features, expected]) => {
  assertEquals(child(features), expected);
});

Deno.test("a closed gate keeps later rules and the default from being used", () => {
  const features = {
    child: {
      defaultValue: "default",
      rules: [{ parentConditions: [wantsTrue("p", true)], force: "child" }, {
        force: "later",
      }],
    },
    p: off,
  };
  assertEquals(evalFeature({ features }, "child"), {
    value: null,
    on: false,
    off: true,
    source: "prerequisite",
    ruleId: "",
  });
});

Deno.test("a closed gate is not reached behind a rule that applies", () => {
  const features = {
    child: {
      rules: [{ force: "first" }, {
        parentConditions: [wantsTrue("p", true)],
        force: "child",
      }],
    },
    p: off,
  };
  assertEquals(child(features), ["first", "force"]);
});

Deno.test("a prerequisite is tested on the user's own evaluation of the parent", () => {
  const features = {
    child: childOf(wantsTrue("p")),
    p: {
      defaultValue: false,
      rules: [{ condition: { country: "fr" }, force: true }],
    },
  };
  assertEquals(child(features, { attributes: { country: "fr" } }), passed);
  assertEquals(child(features, { attributes: { country: "be" } }), skipped);
});

Deno.test("a prerequisite's condition is tested with the saved groups", () => {
  const features = {
    child: childOf({ id: "p", condition: { value: { $inGroup: "plans" } } }),
    p: { defaultValue: "pro" },
  };
  assertEquals(child(features, { savedGroups: { plans: ["pro"] } }), passed);
  assertEquals(child(features, { savedGroups: { plans: ["free"] } }), skipped);
});

Deno.test("a prerequisite is tried before the rule's filters", () => {
  const rule = {
    parentConditions: [wantsTrue("p", true)],
    filters: [{ seed: "f", ranges: [] }],
    force: "child",
  };
  assertEquals(
    child({ child: { defaultValue: "default", rules: [rule] }, p: off }),
    gated,
  );
});

Deno.test("a prerequisite is tried before the rule's condition", () => {
  const rule = {
    parentConditions: [wantsTrue("p", true)],
    condition: { never: true },
    force: "child",
  };
  assertEquals(
    child({ child: { defaultValue: "default", rules: [rule] }, p: off }),
    gated,
  );
});

Deno.test("a prerequisite is tried before the rule's experiment", () => {
  const rule = {
    parentConditions: [wantsTrue("p", true)],
    variations: ["a", "b"],
  };
  const features = { child: { rules: [rule] }, p: off };
  assertEquals(child(features, { attributes: { id: "7" } }), gated);
});

Deno.test("a prerequisite is tried where the rule gives nothing anyway", () => {
  const rule = { parentConditions: [wantsTrue("p", true)] };
  assertEquals(
    child({ child: { defaultValue: "default", rules: [rule] }, p: off }),
    gated,
  );
});

const cycles: readonly Row[] = [
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

Deno.test("a hundred chained prerequisites hold", () => {
  assertEquals(child(chained(100)), [true, "force"]);
});

Deno.test("20,000 chained prerequisites count as a circle", () => {
  assertEquals(child(chained(20_000)), cyclic);
});

Deno.test("20,000 chained prerequisites count as a circle whatever is wanted of them", () => {
  assertEquals(child(chained(20_000, { value: null })), cyclic);
});

Deno.test("20,000 chained prerequisites keep an inline experiment out", () => {
  const experiment = {
    key: "exp",
    variations: ["a", "b"],
    parentConditions: [{ id: "child", condition: {} }],
  };
  const context = { features: chained(20_000), attributes: { id: "7" } };
  assertEquals(runExperiment(context, experiment).inExperiment, false);
});

/** Whether user 7 is in an inline experiment that asks for parents. */
function isIn(
  features: FeatureDefinitions,
  ...parentConditions: ParentCondition[]
): boolean {
  const experiment = { key: "exp", variations: ["a", "b"], parentConditions };
  return runExperiment({ features, attributes: { id: "7" } }, experiment)
    .inExperiment;
}

const inline: readonly (readonly [
  string,
  FeatureDefinitions,
  readonly ParentCondition[],
  boolean,
])[] = [
  [
    "lets in when the parent has the value",
    { p: on },
    [wantsTrue("p")],
    true,
  ],
  ["keeps out when it has not", { p: off }, [wantsTrue("p")], false],
  [
    "keeps out when a gate is closed",
    { p: off },
    [wantsTrue("p", true)],
    false,
  ],
  ["keeps out for an unknown parent", {}, [wantsTrue("p")], false],
  [
    "keeps out for a cyclic parent, whatever the condition",
    { p: childOf(wantsTrue("p")) },
    [{ id: "p", condition: {} }],
    false,
  ],
  [
    "needs every parent",
    { p: on, q: off },
    [wantsTrue("p"), wantsTrue("q")],
    false,
  ],
  ["lets in without parents", {}, [], true],
];

testRows(
  "a prerequisite of an inline experiment",
  inline,
  ([, features, parents, expected]) => {
    assertEquals(isIn(features, ...parents), expected);
  },
);

Deno.test("a parent's experiment does not disturb the one that waits for it", () => {
  const experiment = {
    key: "exp",
    variations: ["a", "b"],
    hashAttribute: "company",
    weights: [0, 1],
    parentConditions: [{ id: "p", condition: { value: "x" } }],
  };
  const features = {
    p: { rules: [{ variations: ["x", "y"], weights: [1, 0] }] },
  };
  const attributes = { id: "7", company: "c" };
  const alone = runExperiment({ attributes }, {
    ...experiment,
    parentConditions: [],
  });
  assertEquals(runExperiment({ features, attributes }, experiment), alone);
});

Deno.test("a parent's exposure comes first, and counts where the child is skipped", () => {
  const features = {
    child: childOf(wantsTrue("p")),
    p: { rules: [{ variations: [false, true], weights: [1, 0] }] },
  };
  const { result, events } = decideFeature({
    features,
    attributes: { id: "7" },
  }, "child");
  assertEquals(result.value, "default");
  assertEquals(events.length, 1);
  assertEquals(
    events[0]?.type === "experiment.viewed" && events[0].experiment.key,
    "p",
  );
});

Deno.test("a parent's exposure comes before the child's", () => {
  const features = {
    child: {
      rules: [{ parentConditions: [wantsTrue("p")], variations: ["a", "b"] }],
    },
    p: { rules: [{ variations: [false, true], weights: [0, 1] }] },
  };
  const { events } = decideFeature(
    { features, attributes: { id: "7" } },
    "child",
  );
  assertEquals(
    events.map((event) =>
      event.type === "experiment.viewed" && event.experiment.key
    ),
    ["p", "child"],
  );
});

Deno.test("parents after the first that fails are not evaluated", () => {
  const features = {
    child: childOf(wantsTrue("p"), wantsTrue("q")),
    p: off,
    q: { rules: [{ variations: [true, false] }] },
  };
  assertEquals(
    decideFeature({ features, attributes: { id: "7" } }, "child").events,
    [],
  );
});
