import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  arbitraryDamagedContext,
  arbitraryDamagedExperiment,
} from "../arbitraries/hostile/damage.ts";
import { featureKeys } from "../arbitraries/names.ts";
import { deepFreeze } from "../support/deep_freeze.ts";
import { createTally } from "../support/samples/tally.ts";
import {
  isExcluded,
  isExcludedContext,
  withoutCollisions,
} from "./exclusions.ts";
import { assertInTurns } from "./in_turns.ts";
import { ourExperiment, ourFeature } from "./ours.ts";
import { assertSameOutcome, comparable } from "./outcome.ts";
import { repairedExperiment, repairedFeature } from "./repair.ts";

const outcomes = ["returned", "threw at a rule"] as const;

Deno.test("decideFeature() reads malformed definitions as the official SDK does, and skips a rule where that throws", async () => {
  const tally = createTally(outcomes);
  await assertInTurns(750, [arbitraryDamagedContext], (context) => {
    if (isExcludedContext(context)) return;
    deepFreeze(context);
    for (const key of featureKeys) {
      const ours = ourFeature(context, key);
      const official = repairedFeature(context, key);
      assert(official !== null);
      if (official.removed === 0) {
        tally.visit("returned");
        assertSameOutcome(withoutCollisions(ours), official.outcome);
      } else {
        tally.visit("threw at a rule");
        assertSameResult(ours.result, official.outcome.result);
      }
    }
  });
  tally.assertAllVisited();
});

Deno.test("decideExperiment() reads malformed definitions as the official SDK does, and includes nobody where that throws", async () => {
  const tally = createTally([...outcomes, "threw"]);
  const arbitraryExperiments = fc.array(arbitraryDamagedExperiment, {
    minLength: 3,
    maxLength: 3,
  });
  await assertInTurns(
    750,
    [arbitraryDamagedContext, arbitraryExperiments],
    (context, all) => {
      if (isExcludedContext(context) || isExcluded(all)) return;
      deepFreeze(context);
      for (const experiment of deepFreeze(all)) {
        const ours = ourExperiment(context, experiment);
        const official = repairedExperiment(context, experiment);
        if (official === null) {
          tally.visit("threw");
          assertEquals(ours.result.inExperiment, false);
        } else if (official.removed === 0) {
          tally.visit("returned");
          assertSameOutcome(withoutCollisions(ours), official.outcome);
        } else {
          tally.visit("threw at a rule");
          assertSameResult(ours.result, official.outcome.result);
        }
      }
    },
  );
  tally.assertAllVisited();
});

/** Without consequences: those that came before the fault are not known. */
function assertSameResult<Result>(ours: Result, official: Result): void {
  assertEquals(comparable(ours), comparable(official));
}
