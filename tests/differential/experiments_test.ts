import fc from "fast-check";
import { arbitraryContext } from "../arbitraries/context.ts";
import { arbitraryExperiment } from "../arbitraries/experiment.ts";
import { deepFreeze } from "../support/deep_freeze.ts";
import { createTally } from "../support/samples/tally.ts";
import { experimentPlaces, placesOf } from "./experiment_places.ts";
import { withoutCollisions } from "./exclusions.ts";
import { assertInTurns } from "./in_turns.ts";
import { officialExperiment } from "./oracle.ts";
import { ourExperiment } from "./ours.ts";
import { assertSameOutcome } from "./outcome.ts";

const arbitraryExperiments = fc.array(arbitraryExperiment, {
  minLength: 4,
  maxLength: 4,
});

Deno.test("decideExperiment() does as the official SDK does", async () => {
  const experimentTally = createTally(experimentPlaces);
  await assertInTurns(
    1_000,
    [arbitraryContext, arbitraryExperiments],
    (context, all) => {
      deepFreeze(context);
      for (const experiment of deepFreeze(all)) {
        const official = officialExperiment(context, experiment);
        const ours = ourExperiment(context, experiment);
        assertSameOutcome(withoutCollisions(ours), official);
        placesOf(official.result, experiment.hashAttribute, official)
          .forEach(experimentTally.visit);
      }
    },
  );
  experimentTally.assertAllVisited();
});
