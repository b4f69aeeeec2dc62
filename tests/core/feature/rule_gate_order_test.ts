import { assertEquals } from "@std/assert";
import {
  type Context,
  explainFeature,
  type FeatureRule,
} from "../../../mod.ts";

/** What makes a rule that forces a value stop user 7 at one gate. */
interface Obstacle {
  readonly reason: string;
  readonly rule: FeatureRule;
  readonly context?: Context;
}

const parentConditions = [{ id: "parent", condition: { value: "never" } }];

const inOrder: readonly Obstacle[] = [
  { reason: "prerequisite", rule: { parentConditions } },
  { reason: "filter", rule: { filters: [{ seed: "f", ranges: [] }] } },
  { reason: "condition", rule: { condition: { never: true } } },
  { reason: "coverage", rule: { coverage: 0 } },
  {
    reason: "noHashValue",
    rule: { coverage: 0.5 },
    context: { attributes: {} },
  },
  { reason: "unknownHashVersion", rule: { coverage: 0.5, hashVersion: 3 } },
];

function reasonOf(...obstacles: readonly Obstacle[]): unknown {
  // The first of two obstacles in one field stays.
  const fields = obstacles.toReversed();
  const rule: FeatureRule = Object.assign(
    { force: 1 },
    ...fields.map(({ rule }) => rule),
  );
  const context: Context = Object.assign(
    { attributes: { id: "7" } },
    ...fields.map(({ context }) => context),
  );
  const features = {
    feature: { rules: [rule] },
    parent: { defaultValue: true },
  };
  return explainFeature({ ...context, features }, "feature").rules[0]?.reason;
}

for (const obstacle of inOrder) {
  Deno.test(`a rule is stopped by ${obstacle.reason} alone`, () => {
    assertEquals(reasonOf(obstacle), obstacle.reason);
  });
}

for (const [position, first] of inOrder.entries()) {
  for (const second of inOrder.slice(position + 1)) {
    Deno.test(`a rule is stopped by ${first.reason} before ${second.reason}`, () => {
      assertEquals(reasonOf(first, second), first.reason);
    });
  }
}
