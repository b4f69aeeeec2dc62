import { assertEquals } from "@std/assert";
import {
  type Attributes,
  decideFeature,
  evalFeature,
  type FeatureDefinition,
  type FeatureDefinitions,
} from "../../../mod.ts";

/** Attributes that count how often `probe` is read. */
function probing(): { attributes: Attributes; reads: () => number } {
  let reads = 0;
  const attributes = Object.defineProperty({ id: "7" }, "probe", {
    enumerable: true,
    get() {
      reads++;
      return "x";
    },
  });
  return { attributes, reads: () => reads };
}

const parent: FeatureDefinition = {
  defaultValue: false,
  rules: [{ condition: { probe: "x" }, force: true }],
};
const asks = [{ id: "parent", condition: { value: true } }];
const asksInVain = [{ id: "parent", condition: { value: "never" } }];

/** How often the parent is evaluated while the feature `child` is. */
function evaluationsOfParent(
  features: FeatureDefinitions,
  context: object = {},
): number {
  const { attributes, reads } = probing();
  evalFeature(
    { features: { parent, ...features }, attributes, ...context },
    "child",
  );
  return reads();
}

Deno.test("a parent that one rule asks for twice is evaluated once", () => {
  const child = { rules: [{ parentConditions: [...asks, ...asks], force: 1 }] };
  assertEquals(evaluationsOfParent({ child }), 1);
});

Deno.test("a parent that many rules ask for is evaluated once", () => {
  const rules = Array.from(
    { length: 20 },
    () => ({ parentConditions: asksInVain, force: 1 }),
  );
  assertEquals(evaluationsOfParent({ child: { rules } }), 1);
});

Deno.test("a parent that several features ask for is evaluated once", () => {
  const between: FeatureDefinition = {
    rules: [{ parentConditions: asks, force: true }],
  };
  const child = {
    rules: [{
      parentConditions: ["a", "b", "c", "parent"].map((id) => ({
        id,
        condition: { value: true },
      })),
      force: 1,
    }],
  };
  assertEquals(
    evaluationsOfParent({ child, a: between, b: between, c: between }),
    1,
  );
});

Deno.test("a parent is evaluated once while sticky bucketing is on and nothing is assigned", () => {
  const child = {
    rules: [{ parentConditions: asksInVain, force: 1 }, {
      parentConditions: asks,
      force: 2,
    }],
  };
  assertEquals(
    evaluationsOfParent({ child }, { stickyBucketAssignmentDocs: {} }),
    1,
  );
});

Deno.test("a parent is evaluated again once an assignment was added", () => {
  const child = {
    rules: [
      { parentConditions: asksInVain, force: 1 },
      {
        variations: [1, 2],
        meta: [{ passthrough: true }, { passthrough: true }],
      },
      { parentConditions: asks, force: 2 },
    ],
  };
  assertEquals(
    evaluationsOfParent({ child }, { stickyBucketAssignmentDocs: {} }),
    2,
  );
});

Deno.test("a parent is evaluated again by another call", () => {
  const { attributes, reads } = probing();
  const context = {
    attributes,
    features: {
      parent,
      child: { rules: [{ parentConditions: asks, force: 1 }] },
    },
  };
  evalFeature(context, "child");
  evalFeature(context, "child");
  assertEquals(reads(), 2);
});

Deno.test("what is known of a parent keeps its exposure at its first place", () => {
  const features: FeatureDefinitions = {
    parent: {
      rules: [{
        key: "parent-exp",
        variations: [true, false],
        weights: [1, 0],
      }],
    },
    child: {
      rules: [
        {
          parentConditions: asks,
          key: "first",
          variations: [1, 2],
          meta: [{ passthrough: true }, { passthrough: true }],
        },
        { parentConditions: asks, key: "second", variations: [1, 2] },
      ],
    },
  };
  const { events } = decideFeature(
    { features, attributes: { id: "7" } },
    "child",
  );
  assertEquals(
    events.map((event) =>
      event.type === "experiment.viewed" && event.experiment.key
    ),
    ["parent-exp", "first", "second"],
  );
});
