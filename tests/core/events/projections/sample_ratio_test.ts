import { assert, assertEquals } from "@std/assert";
import {
  checkSampleRatios,
  exposureCounts,
  listCrossedUsers,
  listExposureCounts,
  type RecordedEvent,
  replay,
  sampleRatio,
} from "../../../../core/events/mod.ts";
import { makeEvent } from "../../../arbitraries/records/events.ts";

function exposures(
  counts: readonly number[],
  data: object = {},
  offset = 0,
): readonly RecordedEvent[] {
  return counts.flatMap((count, variationId) =>
    Array.from({ length: count }, (_, index) => ({ variationId, index }))
  ).map(({ variationId, index }, position) =>
    makeEvent(offset + position + 1, 0, "experiment.viewed", {
      experimentKey: "hero",
      variationId,
      variationKey: String(variationId),
      hashAttribute: "id",
      hashValue: `${offset}-${variationId}-${index}`,
      featureId: "hero",
      ruleId: "",
      askedFeatureId: "hero",
      inExperiment: true,
      stickyBucketUsed: false,
      weights: [0.5, 0.5],
      coverage: 1,
      ...data,
    })
  );
}

function check(events: readonly RecordedEvent[]) {
  const { states } = replay(events, { sampleRatio });
  return checkSampleRatios(states.sampleRatio)[0]!;
}

Deno.test("checkSampleRatios() gives the p-value of the table to six digits", () => {
  // (440 - 500)²/500 + (560 - 500)²/500 = 14.4, as scipy.stats.chisquare([440, 560]) gives it.
  const { pValue, chiSquared, verdict } = check(exposures([440, 560]));
  assertEquals(chiSquared, 14.4);
  assert(Math.abs(pValue! - 0.000147802310334) < 1e-10);
  assertEquals(verdict, "mismatch");
});

Deno.test("checkSampleRatios() needs five expected users for each variation", () => {
  assertEquals(check(exposures([9, 0])).verdict, "tooFewUsers");
  assertEquals(check(exposures([5, 5])).verdict, "healthy");
});

Deno.test("checkSampleRatios() tests users under the weights that they were first seen under", () => {
  const before = exposures([50, 50]);
  const after = exposures([90, 10], { weights: [0.9, 0.1] }, 1000);
  const { verdict, groups, degreesOfFreedom } = check([...before, ...after]);
  assertEquals(verdict, "healthy");
  assertEquals(groups.map(({ users }) => users), [[50, 50], [90, 10]]);
  assertEquals(degreesOfFreedom, 2);
});

Deno.test("checkSampleRatios() doesn't count who has a variation from a sticky bucket", () => {
  const kept = exposures([50, 0], { stickyBucketUsed: true }, 1000);
  const { verdict, keptUsers, users } = check([
    ...exposures([50, 50]),
    ...kept,
  ]);
  assertEquals([verdict, keptUsers, users], ["healthy", 50, 150]);
});

Deno.test("checkSampleRatios() reports users of several variations, and counts them for the first", () => {
  const crossing = exposures([0, 1], { hashValue: "0-0-0" }, 1000);
  const events = [...exposures([20, 20]), ...crossing];
  const { verdict, crossedUsers, variations } = check(events);
  assertEquals([verdict, crossedUsers], ["crossed", 1]);
  assertEquals(variations.map(({ users }) => users), [20, 20]);
  const { states } = replay(events, { sampleRatio });
  assertEquals([...listCrossedUsers(states.sampleRatio, "hero")], [
    {
      phase: null,
      hashAttribute: "id",
      hashValue: "0-0-0",
      firstVariationId: 0,
    },
  ]);
});

Deno.test("checkSampleRatios() takes users of a variation without weight for a mismatch", () => {
  const { pValue, verdict } = check(exposures([20, 1], { weights: [1, 0] }));
  assertEquals([pValue, verdict], [0, "mismatch"]);
});

Deno.test("checkSampleRatios() takes the phases of an experiment apart", () => {
  // A new phase that buckets all users anew: half of them see the other variation.
  const users = exposures([100, 100], { phase: "0" });
  const again = users.map((event, index) => ({
    ...event,
    id: `again-${index}`,
    position: 1_000 + index,
    data: {
      ...event.data,
      phase: "1",
      variationId: index % 2,
      variationKey: String(index % 2),
    },
  }));
  const { states } = replay([...users, ...again], {
    sampleRatio,
    exposureCounts,
  });
  assertEquals(
    checkSampleRatios(states.sampleRatio).map((
      { phase, verdict, users, crossedUsers },
    ) => [phase, verdict, users, crossedUsers]),
    [["0", "healthy", 200, 0], ["1", "healthy", 200, 0]],
  );
  assertEquals([...listCrossedUsers(states.sampleRatio, "hero")], []);
  assertEquals(
    listExposureCounts(states.exposureCounts).map((
      { phase, variationId, exposures },
    ) => [variationId, phase, exposures]),
    [[0, "0", 100], [0, "1", 100], [1, "0", 100], [1, "1", 100]],
  );
});
