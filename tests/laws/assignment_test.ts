import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { getBucketRanges, inRange, runExperiment } from "../../mod.ts";
import {
  arbitraryShare,
  arbitraryUsableWeights,
  usableWeights,
} from "../arbitraries/shares.ts";
import { arbitraryText } from "../arbitraries/text.ts";
import {
  chiSquared,
  criticalValue,
  shareTolerance,
} from "../support/samples/statistics.ts";
import { testLaw } from "../support/test_law.ts";
import { userIds } from "../support/samples/user_ids.ts";
import { assign, inOrder, makeExperiment, rollOut } from "./assign.ts";

const users = 4000;
const arbitraryVersion = fc.constantFrom(1, 2);

testLaw(
  "runExperiment() assigns users as often as weights and coverage say",
  60,
  [
    arbitraryText,
    usableWeights(2, 6, 0.2),
    fc.integer({ min: 2, max: 9 }),
    arbitraryVersion,
    fc.integer(),
  ],
  (key, weights, tenths, hashVersion, salt) => {
    const coverage = tenths / 10;
    const run = assign({ key, weights, coverage, hashVersion });
    const counts = new Array<number>(weights.length + 1).fill(0);
    for (const id of userIds(users, salt)) {
      const cell = run(id) ?? weights.length;
      counts[cell] = counts[cell]! + 1;
    }
    const shares = [
      ...weights.map((weight) => weight * coverage),
      1 - coverage,
    ];
    const expected = shares.map((share) => share * users);
    assert(chiSquared(counts, expected) < criticalValue(weights.length));
  },
);

testLaw(
  "evalFeature() rolls a value out to as many users as the coverage says",
  60,
  [arbitraryText, arbitraryShare, arbitraryVersion, fc.integer()],
  (key, coverage, hashVersion, salt) => {
    const isIn = rollOut(key, { coverage, hashVersion });
    const share = userIds(users, salt).filter(isIn).length / users;
    // Besides chance, there is the grain of version 1.
    assert(Math.abs(share - coverage) < shareTolerance(users) + 0.001);
  },
);

testLaw(
  "runExperiment() never moves a user who is in when the coverage is raised",
  2000,
  [
    arbitraryText,
    arbitraryText,
    arbitraryUsableWeights,
    fc.tuple(arbitraryShare, arbitraryShare),
    arbitraryVersion,
  ],
  (key, id, weights, coverages, hashVersion) => {
    const [low, high] = inOrder(coverages);
    const before = assign({ key, weights, coverage: low, hashVersion })(id);
    const after = assign({ key, weights, coverage: high, hashVersion })(id);
    assert(before === null || after === before);
  },
);

testLaw(
  "evalFeature() never takes a value away from a user when a rollout is raised",
  2000,
  [
    arbitraryText,
    arbitraryText,
    fc.tuple(arbitraryShare, arbitraryShare),
    arbitraryVersion,
  ],
  (key, id, coverages, hashVersion) => {
    const [low, high] = inOrder(coverages);
    const wasIn = rollOut(key, { coverage: low, hashVersion })(id);
    assert(!wasIn || rollOut(key, { coverage: high, hashVersion })(id));
  },
);

testLaw(
  "evalFeature() never takes a value away from a user when a range grows",
  2000,
  [
    arbitraryText,
    arbitraryText,
    fc.tuple(arbitraryShare, arbitraryShare, arbitraryShare, arbitraryShare),
    arbitraryVersion,
  ],
  (key, id, bounds, hashVersion) => {
    const [start, innerStart, innerEnd, end] = inOrder(bounds);
    const inner = rollOut(key, { range: [innerStart, innerEnd], hashVersion });
    const outer = rollOut(key, { range: [start, end], hashVersion });
    assert(!inner(id) || outer(id));
  },
);

testLaw(
  "runExperiment() never moves a user whose bucket stays in the variation's range",
  2000,
  [
    arbitraryText,
    arbitraryText,
    fc.tuple(arbitraryUsableWeights, arbitraryShare),
    fc.tuple(arbitraryUsableWeights, arbitraryShare),
    arbitraryVersion,
  ],
  (
    key,
    id,
    [oldWeights, oldCoverage],
    [newWeights, newCoverage],
    hashVersion,
  ) => {
    const length = Math.min(oldWeights.length, newWeights.length);
    const [before, after] = [
      { weights: sumToOne(oldWeights, length), coverage: oldCoverage },
      { weights: sumToOne(newWeights, length), coverage: newCoverage },
    ];
    const { bucket, variationId } = runExperiment(
      { attributes: { id } },
      makeExperiment({ key, hashVersion, ...before }),
    );
    if (bucket === undefined) return;
    const { weights, coverage } = after;
    const range = getBucketRanges(length, coverage, weights)[variationId]!;
    if (!inRange(bucket, range)) return;
    assertEquals(assign({ key, hashVersion, ...after })(id), variationId);
  },
);

testLaw(
  "runExperiment() moves only as many users as the ranges of the weights do",
  60,
  [
    arbitraryText,
    usableWeights(4, 4, 0),
    usableWeights(4, 4, 0),
    arbitraryVersion,
    fc.integer(),
  ],
  (key, oldWeights, newWeights, hashVersion, salt) => {
    const before = assign({ key, hashVersion, weights: oldWeights });
    const after = assign({ key, hashVersion, weights: newWeights });
    const moved = userIds(users, salt)
      .filter((id) => before(id) !== after(id)).length / users;
    const share = 1 - overlap(oldWeights, newWeights);
    // Besides chance, there is the grain of version 1 at each of the bounds.
    assert(Math.abs(moved - share) < shareTolerance(users) + 0.006);
  },
);

/** Gives the first of some weights, with the rest added to the last of them. */
function sumToOne(weights: readonly number[], length: number): number[] {
  const first = weights.slice(0, length);
  const rest = weights.slice(length).reduce((sum, weight) => sum + weight, 0);
  return first.map((weight, index) =>
    index === length - 1 ? weight + rest : weight
  );
}

/** The share of buckets that belong to the same variation under two lists of weights. */
function overlap(one: readonly number[], other: readonly number[]): number {
  const otherRanges = getBucketRanges(other.length, 1, other);
  return getBucketRanges(one.length, 1, one).reduce(
    (sum, [start, end], index) => {
      const [otherStart, otherEnd] = otherRanges[index]!;
      const common = Math.min(end, otherEnd) - Math.max(start, otherStart);
      return sum + Math.max(0, common);
    },
    0,
  );
}
