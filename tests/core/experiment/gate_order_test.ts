import { assertEquals } from "@std/assert";
import {
  type Context,
  explainFeature,
  type FeatureRule,
  type GateName,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

/** What makes one gate stop user 7, or settle the variation, when all others let through. */
interface Obstacle {
  readonly gate: GateName;
  /** Tells gates of one name apart. */
  readonly reason?: string;
  readonly rule?: Partial<FeatureRule>;
  /** Fields of the experiment that a rule can't give; an override can. */
  readonly override?: object;
  readonly context?: Context;
}

const parents = [{ id: "parent", condition: { value: "never" } }];

/** The gates of an experiment in the order in which they must be tried. */
const inOrder: readonly Obstacle[] = [
  { gate: "variations", rule: { variations: ["only"] } },
  { gate: "enabled", context: { enabled: false } },
  { gate: "urlPatterns", override: { urlPatterns: [] } },
  { gate: "queryString", context: { url: "https://shop.example/?exp=1" } },
  { gate: "forcedVariation", context: { forcedVariations: { exp: 0 } } },
  { gate: "status", reason: "draft", override: { status: "draft" } },
  { gate: "status", reason: "inactive", override: { active: false } },
  { gate: "hashValue", context: { attributes: {} } },
  { gate: "filters", override: { filters: [{ seed: "f", ranges: [] }] } },
  { gate: "namespace", override: { namespace: ["space", 0, 0] } },
  { gate: "include", override: { include: () => false } },
  { gate: "condition", override: { condition: { never: true } } },
  { gate: "prerequisites", override: { parentConditions: parents } },
  { gate: "groups", override: { groups: ["nobody"] } },
  { gate: "url", override: { url: /nowhere/ } },
  { gate: "bucket", override: { hashVersion: 3 } },
  {
    gate: "stickyVersion",
    override: { minBucketVersion: 1 },
    context: {
      stickyBucketAssignmentDocs: {
        "id||7": {
          attributeName: "id",
          attributeValue: "7",
          assignments: { exp__0: "1" },
        },
      },
    },
  },
  { gate: "coverage", override: { coverage: 0 } },
  { gate: "force", override: { force: 0 } },
  { gate: "qaMode", context: { qaMode: true } },
  { gate: "status", reason: "stopped", override: { status: "stopped" } },
];

/** The gate that decided about user 7 in the way of these obstacles. */
function decidingGate(...obstacles: readonly Obstacle[]): readonly unknown[] {
  const rule: FeatureRule = Object.assign(
    { key: "exp", variations: ["a", "b"] },
    ...obstacles.map(({ rule }) => rule),
  );
  const override = Object.assign(
    {},
    ...obstacles.map(({ override }) => override),
  );
  const context: Context = Object.assign(
    { attributes: { id: "7" } },
    ...obstacles.map(({ context }) => context),
  );
  const { rules } = explainFeature({
    ...context,
    features: { feature: { rules: [rule] }, parent: { defaultValue: true } },
    overrides: { exp: malformed(override) },
  }, "feature");
  const last = rules[0]?.gates.at(-1);
  return [last?.gate, last?.outcome, last?.reason];
}

const title = ({ gate, reason }: Obstacle) => reason ?? gate;

for (const obstacle of inOrder) {
  Deno.test(`an experiment's gates have one that decides alone: ${title(obstacle)}`, () => {
    const [gate, outcome, reason] = decidingGate(obstacle);
    assertEquals(gate, obstacle.gate);
    assertEquals(outcome !== "passed", true);
    if (obstacle.reason !== undefined) assertEquals(reason, obstacle.reason);
  });
}

for (const [position, first] of inOrder.entries()) {
  for (const second of inOrder.slice(position + 1)) {
    // One field can't hold both.
    if (first.reason === "draft" && second.reason === "stopped") continue;
    Deno.test(`an experiment's gates try ${title(first)} before ${title(second)}`, () => {
      assertEquals(decidingGate(first, second), decidingGate(first));
    });
  }
}
