import { assertEquals } from "@std/assert";
import {
  type Condition,
  decideFeature,
  evalFeature,
  explainFeature,
  type FeatureDefinitions,
  type FeatureRule,
  type ParentCondition,
  runExperiment,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import {
  child,
  childOf,
  gated,
  off,
  on,
  passed,
  type PrerequisiteRow,
  skipped,
  wantsTrue,
} from "../../support/evaluation/prerequisites.ts";
import { testRows } from "../../support/test_rows.ts";

const rows: readonly PrerequisiteRow[] = [
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
  ["takes several operators on the value", {
    child: childOf({ id: "p", condition: { value: { $gt: 1, $lt: 3 } } }),
    p: { defaultValue: 3 },
  }, skipped],
  ["takes the value beside what is not there", {
    child: childOf({ id: "p", condition: { value: true, other: null } }),
    p: on,
  }, passed],
  ["takes the value beside what ought to be there", {
    child: childOf({ id: "p", condition: { other: 1, value: true } }),
    p: on,
  }, skipped],
  ["takes the value before what ought to be there", {
    child: childOf({ id: "p", condition: { value: true, other: 1 } }),
    p: on,
  }, skipped],
  ["does not take an empty name for the value", {
    child: childOf({ id: "p", condition: { "": null } }),
    p: on,
  }, passed],
  ["takes the value inside a choice", {
    child: childOf({
      id: "p",
      condition: { $or: [{ value: 1 }, { value: true }] },
    }),
    p: on,
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

/** A condition on the parent's value that nests deeper than any condition may. */
function tooDeep(): Condition {
  let condition: Condition = { value: true };
  for (let level = 0; level < 1_000; level++) condition = { $and: [condition] };
  return condition;
}

Deno.test("a prerequisite's condition that nests too deep is false: the rule is skipped", () => {
  const features = { child: childOf({ id: "p", condition: tooDeep() }), p: on };
  assertEquals(child(features), skipped);
});

Deno.test("a prerequisite's condition that nests too deep is false: the gate is closed", () => {
  const features = {
    child: childOf({ id: "p", condition: tooDeep(), gate: true }),
    p: on,
  };
  assertEquals(child(features), gated);
});

Deno.test("a rule does not apply where a prerequisite's condition is malformed", () => {
  const condition = malformed<Condition>({ $or: null });
  for (const gate of [false, true]) {
    const features = { child: childOf({ id: "p", condition, gate }), p: on };
    assertEquals(child(features), skipped);
  }
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

Deno.test("a text in place of parents asks for one parent without a name, however long it is", () => {
  const rules = malformed<FeatureRule[]>([
    { parentConditions: "parents".repeat(100), force: 1 },
  ]);
  const { result, rules: [told] } = explainFeature(
    { features: { child: { rules } } },
    "child",
  );
  assertEquals(result.value, 1);
  assertEquals(told?.gates[0]?.prerequisites?.length, 1);
});
