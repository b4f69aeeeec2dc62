import {
  type ConditionInterface,
  evalCondition as officialEvalCondition,
  type SavedGroupsPayload,
} from "@growthbook/growthbook";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { evalCondition } from "../../core/condition/eval_condition.ts";
import type { Attributes } from "../../core/types/attributes.ts";
import type { Condition } from "../../core/types/condition.ts";
import type { SavedGroups } from "../../core/types/saved_group.ts";
import { arbitraryPlainAttributes } from "../arbitraries/attributes.ts";
import {
  arbitraryPlainCondition,
  arbitraryPlainSavedGroups,
} from "../arbitraries/condition.ts";
import { arbitraryDamage } from "../arbitraries/hostile/damage.ts";
import { deepFreeze } from "../support/deep_freeze.ts";
import { runs } from "../support/runs.ts";
import { createTally } from "../support/samples/tally.ts";
import { isExcluded } from "./exclusions.ts";
import { inSilence } from "./oracle.ts";

const answers = ["holds", "does not hold"] as const;

Deno.test("evalCondition() does as the official SDK does", () => {
  const tally = createTally(answers);
  fc.assert(
    fc.property(
      arbitraryPlainAttributes,
      arbitraryPlainCondition,
      arbitraryPlainSavedGroups,
      (attributes, condition, groups) => {
        deepFreeze([attributes, condition, groups]);
        if (isExcluded([condition, groups])) return;
        const expected = official(attributes, condition, groups);
        assertEquals(evalCondition(attributes, condition, groups), expected);
        tally.visit(expected ? "holds" : "does not hold");
      },
    ),
    runs(10_000),
  );
  tally.assertAllVisited();
});

Deno.test("evalCondition() reads malformed conditions as the official SDK does, and is false where that throws", () => {
  const tally = createTally([...answers, "threw"]);
  fc.assert(
    fc.property(
      arbitraryPlainAttributes,
      arbitraryPlainCondition,
      arbitraryPlainSavedGroups,
      arbitraryDamage,
      arbitraryDamage,
      (attributes, soundCondition, soundGroups, damage, groupDamage) => {
        const condition = damage(soundCondition);
        const groups = groupDamage(soundGroups);
        deepFreeze([attributes, condition, groups]);
        if (isExcluded([condition, groups])) return;
        const ours = evalCondition(attributes, condition, groups);
        try {
          const expected = official(attributes, condition, groups);
          assertEquals(ours, expected);
          tally.visit(expected ? "holds" : "does not hold");
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
          assertEquals(ours, false);
          tally.visit("threw");
        }
      },
    ),
    runs(10_000),
  );
  tally.assertAllVisited();
});

function official(
  attributes: Attributes,
  condition: Condition,
  groups: SavedGroups,
): boolean {
  return inSilence(() =>
    officialEvalCondition(
      attributes,
      condition as ConditionInterface,
      groups as SavedGroupsPayload,
    )
  );
}
