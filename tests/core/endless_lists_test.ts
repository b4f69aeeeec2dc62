import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Attributes,
  type Condition,
  type Context,
  decideAutoExperiments,
  decideFeature,
  evalCondition,
  evalFeature,
  explainFeature,
  featureDependencies,
  type FeatureRule,
  parsePayload,
  runExperiment,
  stickyAttributes,
} from "../../mod.ts";
import { getWeightsInForce } from "../../core/bucket/get_weights_in_force.ts";
import { stickyExperiments } from "../../core/sticky/sticky_experiments.ts";
import { isList } from "../../core/support/is_list.ts";
import { malformed } from "../support/malformed.ts";
import { testLaw } from "../support/test_law.ts";
import { testRows } from "../support/test_rows.ts";

const attributes = { id: "7", tags: ["a"] };

/** What goes on with a list, which stands somewhere. */
type Walk = (list: unknown) => unknown;

function withRule(rule: (list: unknown) => object): Walk {
  return (list) => {
    const rules = [malformed<FeatureRule>(rule(list))];
    const context = { attributes, features: { feature: { rules } } };
    return [
      evalFeature(context, "feature"),
      decideFeature(context, "feature"),
      explainFeature(context, "feature"),
      featureDependencies(context, "feature"),
      stickyAttributes(context),
      stickyExperiments(context, "feature"),
    ];
  };
}

function withExperiment(fields: (list: unknown) => object): Walk {
  return (list) => {
    const key = "experiment";
    const variations = [{ css: "a" }, { css: "b" }];
    const experiment = malformed<never>({ key, variations, ...fields(list) });
    const experiments = [experiment];
    return [
      runExperiment({ attributes }, experiment),
      decideAutoExperiments({ attributes, experiments }),
    ];
  };
}

function withOperand(operator: string): readonly [string, Walk] {
  return [
    `the operand of ${operator}`,
    withRule((list) => ({
      force: 1,
      condition: { tags: { [operator]: list } },
    })),
  ];
}

function withAttribute(
  fact: string,
  condition: unknown,
): readonly [string, Walk] {
  return [
    `an attribute that is compared with ${fact}`,
    (tags) => {
      const savedGroups = { group: ["a"] };
      const rules = [malformed<FeatureRule>({ condition, force: 1 })];
      const user = malformed<Attributes>({ tags });
      const context = {
        attributes: user,
        savedGroups,
        features: { feature: { rules } },
      };
      return [
        evalCondition(user, malformed<Condition>(condition), savedGroups),
        explainFeature(context, "feature"),
      ];
    },
  ];
}

function withGroup(group: (list: unknown) => unknown): Walk {
  return (list) => {
    const savedGroups = malformed<never>({ group: group(list) });
    const user = { id: "7" };
    const reference = { $savedGroup: { id: "group", attributeKey: "id" } };
    return [
      evalCondition(user, { id: { $inGroup: "group" } }, savedGroups),
      evalCondition(user, { id: { $notInGroup: "group" } }, savedGroups),
      evalCondition(user, reference, savedGroups),
    ];
  };
}

function withHashValue(rule: object, more: object = {}): Walk {
  return (id) => {
    const rules = [malformed<FeatureRule>(rule)];
    const context = { attributes: { id }, features: { feature: { rules } } };
    return evalFeature(malformed<Context>({ ...context, ...more }), "feature");
  };
}

const variations = ["a", "b"];
const sticky = { stickyBucketAssignmentDocs: {} };

const walks: readonly (readonly [fact: string, walk: Walk])[] = [
  ["the rules of a feature", (rules) => {
    const features = malformed<object>({ feature: { rules } });
    const context = malformed<Context>({ features });
    return [
      evalFeature(context, "feature"),
      explainFeature(context, "feature"),
      featureDependencies(context, "feature"),
      stickyAttributes(malformed<never>({ features })),
      stickyExperiments(context, "feature"),
    ];
  }],
  ["variations", withRule((variations) => ({ variations }))],
  ["weights", withRule((weights) => ({ variations, weights }))],
  ["ranges", withRule((ranges) => ({ variations, ranges }))],
  ["meta", withRule((meta) => ({ variations, meta }))],
  ["the namespace", withRule((namespace) => ({ variations, namespace }))],
  ["filters", withRule((filters) => ({ force: 1, filters }))],
  [
    "the ranges of a filter",
    withRule((ranges) => ({ force: 1, filters: [{ seed: "s", ranges }] })),
  ],
  ["parents", withRule((parentConditions) => ({ force: 1, parentConditions }))],
  ["tracks", withRule((tracks) => ({ force: 1, tracks }))],
  ["a condition", withRule((condition) => ({ force: 1, condition }))],
  ["legacy groups", withExperiment((groups) => ({ groups }))],
  ["the patterns of URLs", withExperiment((urlPatterns) => ({ urlPatterns }))],
  [
    "variations of an experiment",
    withExperiment((variations) => ({
      variations,
    })),
  ],
  [
    "auto experiments",
    (experiments) => decideAutoExperiments(malformed<Context>({ experiments })),
  ],
  ["the contexts of a bandit", (contexts) => {
    const rules = [{ variations, contextualBanditRef: "bandit" }];
    const context = malformed<Context>({
      attributes,
      features: { feature: { rules } },
      contextualBandits: { bandit: { contexts } },
    });
    return [
      evalFeature(context, "feature"),
      featureDependencies(context, "feature"),
    ];
  }],
  ...["$in", "$nin", "$ini", "$nini", "$all", "$alli", "$elemMatch", "$size"]
    .map(withOperand),
  ...["$or", "$nor", "$and", "$not"].map((operator) =>
    [
      `the operand of ${operator}`,
      withRule((list) => ({ force: 1, condition: { [operator]: list } })),
    ] as const
  ),
  withAttribute("a list", { tags: { $in: ["a"] } }),
  withAttribute("a list, in $nin", { tags: { $nin: ["a"] } }),
  withAttribute("a folded list", { tags: { $ini: ["a"], $nini: ["b"] } }),
  withAttribute("all of a list", { tags: { $all: ["a", { $gt: 1 }] } }),
  withAttribute("all of a folded list", { tags: { $alli: ["a"] } }),
  withAttribute("a group", { tags: { $inGroup: "group" } }),
  withAttribute("the lack of a group", { tags: { $notInGroup: "group" } }),
  withAttribute("an element", { tags: { $elemMatch: { $eq: 1 } } }),
  withAttribute("a size", { tags: { $size: 2 } }),
  withAttribute("a text", { tags: "a" }),
  withAttribute("a number", { tags: 1 }),
  withAttribute("an array", { tags: [1] }),
  withAttribute("an order", { tags: { $gt: 1 } }),
  withAttribute("a pattern", { tags: { $regex: "a" } }),
  withAttribute("a version", { tags: { $vgt: "1" } }),
  ["the members of a group", withGroup((list) => list)],
  [
    "the values of a group",
    withGroup((values) => ({ type: "list", attributeKey: "id", values })),
  ],
  ["what is hashed", withHashValue({ variations })],
  ["what is hashed for a rollout", withHashValue({ force: 1, coverage: 0.5 })],
  [
    "what is hashed for a sticky bucket",
    withHashValue({ variations, meta: [{ key: "0" }, { key: "1" }] }, sticky),
  ],
  [
    "the ranges of an exposure",
    (ranges) =>
      getWeightsInForce(malformed<never>({ key: "e", variations, ranges })),
  ],
];

/** An array that claims four billion elements, and the steps that were taken in it. */
function watchedList(): {
  readonly list: unknown;
  readonly steps: () => number;
} {
  let steps = 0;
  const step = () => {
    // It ends a walk that has gone too far.
    if (++steps > 10_000) throw new Error("Cannot go on: the list is endless");
  };
  const sparse: unknown[] = new Array(4_294_967_295);
  sparse[4_294_967_294] = { force: 3 };
  const list = new Proxy(sparse, {
    get: (target, name, receiver) => {
      step();
      return Reflect.get(target, name, receiver);
    },
    has: (target, name) => {
      step();
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor: (target, name) => {
      step();
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
  return { list, steps: () => steps };
}

testRows("evaluation never goes through an array that is all holes:", walks, ([
  ,
  walk,
]) => {
  const { list, steps } = watchedList();
  walk(list);
  assert(steps() < 100, `the current value is ${steps()}`);
});

testRows("evaluation never throws for an array that is all holes:", walks, ([
  ,
  walk,
]) => {
  const sparse: unknown[] = [];
  sparse[100_000_000] = { force: 3 };
  walk(sparse);
});

Deno.test("an array that is all holes has no rules and no members", () => {
  const rules: FeatureRule[] = [];
  rules[200_000] = { force: 1 };
  const features = { feature: { defaultValue: 0, rules } };
  assertEquals(evalFeature({ features }, "feature").value, 0);
  const members: string[] = [];
  members[200_000] = "7";
  const condition = { id: { $in: members } };
  assertEquals(evalCondition({ id: "7" }, condition), false);
  assertEquals(evalCondition({ id: members }, { id: { $in: ["7"] } }), false);
});

Deno.test("a long list without holes is gone through to its end", () => {
  const members = Array.from({ length: 150_000 }, (_, index) => String(index));
  const last = "149999";
  const groups = { group: members };
  assertEquals(evalCondition({ id: last }, { id: { $in: members } }), true);
  assertEquals(evalCondition({ id: members }, { id: { $in: [last] } }), true);
  assertEquals(evalCondition({ id: members }, { id: { $all: [last] } }), true);
  assertEquals(
    evalCondition({ id: last }, { id: { $inGroup: "group" } }, groups),
    true,
  );
  assertEquals(
    evalCondition({ id: members }, { id: { $elemMatch: { $eq: last } } }),
    true,
  );
});

testLaw(
  "isList() takes every array of JSON, and no other value",
  500,
  [fc.jsonValue()],
  (value) => assertEquals(isList(value), Array.isArray(value)),
);

Deno.test("legacy groups of a payload are not gone through by a length that they claim", () => {
  const { payload } = parsePayload({
    features: {},
    experiments: [{
      key: "experiment",
      variations: [{ css: "a" }, { css: "b" }],
      groups: { length: 4_294_967_295, 0: "staff" },
    }],
  });
  const { result, events } = decideAutoExperiments({
    ...payload,
    attributes,
    groups: { staff: true },
  });
  assertEquals(result.changes, []);
  assertEquals(events, []);
});
