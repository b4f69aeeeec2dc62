import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { explainFeature } from "../../core/decide/explain_feature.ts";
import type { Context } from "../../core/types/context.ts";
import { gateNames } from "../../core/types/explanation.ts";
import { type FeatureResult, featureSources } from "../../core/types/result.ts";
import { skipReasons } from "../../core/types/skip_reason.ts";
import { arbitraryContext } from "../arbitraries/context.ts";
import { featureKeys, unknownFeatureKey } from "../arbitraries/names.ts";
import { deepFreeze } from "../support/deep_freeze.ts";
import { runs } from "../support/runs.ts";
import { createTally } from "../support/samples/tally.ts";
import { experimentPlaces, placesOf } from "./experiment_places.ts";
import { withoutCollisions } from "./exclusions.ts";
import { assertInTurns } from "./in_turns.ts";
import { officialFeature } from "./oracle.ts";
import { ourFeature } from "./ours.ts";
import { assertSameOutcome, type Outcome } from "./outcome.ts";

const keys = [...featureKeys, unknownFeatureKey];

const banditPlaces = ["a leaf", "no leaf", "no version"] as const;

/** Results of a feature never show who is out: its next rule is tried. */
const shownPlaces = experimentPlaces.filter((place) =>
  !["out", "out by an old sticky bucket", "past the last variation", "holdout"]
    .includes(place)
);

Deno.test("decideFeature() does as the official SDK does", async () => {
  const sources = createTally(featureSources);
  const experiments = createTally(shownPlaces);
  const bandits = createTally(banditPlaces);
  const tracks = createTally(["tracks", "exposures of parents"]);
  await assertInTurns(1_000, [arbitraryContext], (context) => {
    deepFreeze(context);
    for (const key of keys) {
      const official = officialFeature(context, key);
      assertSameOutcome(withoutCollisions(ourFeature(context, key)), official);
      visitAll(official);
    }
  });
  sources.assertAllVisited();
  experiments.assertAllVisited();
  bandits.assertAllVisited();
  tracks.assertAllVisited();

  function visitAll(official: Outcome<FeatureResult>): void {
    const { result, exposures } = official;
    sources.visit(result.source);
    if (exposures.length > 0 && result.source === "force") {
      tracks.visit("tracks");
    }
    if (exposures.length > 0 && result.source === "defaultValue") {
      tracks.visit("exposures of parents");
    }
    const { experiment, experimentResult } = result;
    if (experiment === undefined || experimentResult === undefined) return;
    const { leafId, banditVersion } = experimentResult;
    placesOf(experimentResult, experiment.hashAttribute, official)
      .forEach(experiments.visit);
    if (leafId === undefined) return;
    bandits.visit(leafId < 0 ? "no leaf" : "a leaf");
    if (banditVersion === undefined) bandits.visit("no version");
  }
});

Deno.test("explainFeature() knows each reason and gate in the contexts that are compared", () => {
  // A sound payload has nothing malformed, which is what the gate of a rule stops, and rules have no
  // function to include users.
  const reasons = createTally(
    skipReasons.filter((reason) => !["malformed", "include"].includes(reason)),
  );
  const gates = createTally<string>(
    gateNames.filter((gate) => !["rule", "include"].includes(gate)),
  );
  fc.assert(
    fc.property(arbitraryContext, (context: Context) => {
      for (const key of featureKeys) {
        const { result, rules } = explainFeature(context, key);
        assertEquals(result, ourFeature(context, key).result);
        for (const { reason, gates: passed } of rules) {
          if (reason !== null) reasons.visit(reason);
          for (const { gate } of passed) gates.visit(gate);
        }
      }
    }),
    runs(1_500),
  );
  reasons.assertAllVisited();
  gates.assertAllVisited();
});
