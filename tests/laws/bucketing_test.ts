import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { chooseVariation, getBucketRanges, hash, inRange } from "../../mod.ts";
import {
  arbitraryShare,
  arbitraryUsableWeights,
} from "../arbitraries/shares.ts";
import { arbitraryText } from "../arbitraries/text.ts";
import {
  chiSquared,
  criticalValue,
  dependence,
} from "../support/samples/statistics.ts";
import { testLaw } from "../support/test_law.ts";
import { userIds } from "../support/samples/user_ids.ts";

// The statistical laws fail by chance once in a billion times, see `significance`.
const users = 10_000;

testLaw(
  "hash() of version 2 is uniform over many seeds, for ids that count up",
  25,
  [arbitraryText, arbitraryText, fc.nat(1e9)],
  (seed, prefix, first) => {
    const ids = Array.from(
      { length: users },
      (_, index) => `${prefix}${first + index}`,
    );
    assertUniform(ids.map((id) => hash(seed, id, 2)!));
  },
);

testLaw(
  "hash() of either version is uniform over many seeds, for ids like UUIDs",
  25,
  [arbitraryText, fc.constantFrom(1, 2), fc.integer()],
  (seed, version, salt) => {
    assertUniform(userIds(users, salt).map((id) => hash(seed, id, version)!));
  },
);

testLaw(
  "hash() of version 2 is independent between seeds, however alike they are",
  25,
  [arbitraryText, arbitraryText, arbitraryText, arbitraryText, fc.integer()],
  (start, one, other, end, salt) => {
    if (one === other) return;
    const table = tabulate(start + one + end, start + other + end, 2, salt);
    assert(dependence(table) < criticalValue(81));
  },
);

testLaw(
  "hash() of version 1 is not independent between seeds that end in different digits",
  25,
  [arbitraryText, fc.nat(9), fc.nat(9), fc.integer()],
  (start, one, other, salt) => {
    if (one === other) return;
    const table = tabulate(`${start}${one}`, `${start}${other}`, 1, salt);
    // The least dependent digits, 7 and 8, have a statistic of 650.
    assert(dependence(table) > 2 * criticalValue(81));
  },
);

// The last code unit of the seed enters version 1 last, by an exclusive or; then comes a product
// with 16777619. So where two seeds end in code units that differ in the lowest bit only, the two
// hashes are 16777619 apart, up or down, modulo 2^32. In thousandths that is 619, or 619 less the
// 296 that a wrap at 2^32 makes, up or down.
testLaw(
  "hash() of version 1 puts users one of four steps apart, where seeds end in 2 and 3",
  2000,
  [arbitraryText, arbitraryText],
  (seed, id) => {
    const steps = thousandths(`${seed}3`, id) - thousandths(`${seed}2`, id);
    assert([619, 381, 323, 677].includes((steps + 1000) % 1000));
  },
);

testLaw(
  "hash() of version 1 gives most users of one half the other half, where seeds end in 2 and 3",
  25,
  [arbitraryText, fc.integer()],
  (seed, salt) => {
    const halves = userIds(users, salt).map((id) =>
      [`${seed}2`, `${seed}3`].map((seed) => hash(seed, id, 1)! < 0.5)
    );
    const same = halves.filter(([one, other]) => one === other).length / users;
    // Two steps of 0.381 away from 0.5 + 0.5 where independent seeds have 0.5.
    assert(same > 0.2 && same < 0.3, `${same} are in the same half`);
  },
);

testLaw(
  "getBucketRanges() never has ranges overlap or leave 0 to 1, for usable weights",
  1000,
  [arbitraryUsableWeights, arbitraryShare],
  (weights, coverage) => {
    const ranges = getBucketRanges(weights.length, coverage, weights);
    assertEquals(ranges.length, weights.length);
    let last = 0;
    for (const [start, end] of ranges) {
      assert(start >= last && end >= start);
      last = end;
    }
    // Weights in binary fractions sum to 1 but for this much.
    assert(last <= 1 + 1e-12);
  },
);

testLaw(
  "getBucketRanges() always keeps a range between 0 and 1, whatever the coverage",
  500,
  [arbitraryUsableWeights, fc.double({ noNaN: true })],
  (weights, coverage) => {
    for (
      const [start, end] of getBucketRanges(weights.length, coverage, weights)
    ) assert(start >= 0 && start <= end && end <= 1 + 1e-12);
  },
);

testLaw(
  "getBucketRanges() gives every bucket to exactly one variation at full coverage",
  1000,
  [arbitraryUsableWeights, arbitraryText, arbitraryText, fc.constantFrom(1, 2)],
  (weights, seed, id, version) => {
    const ranges = getBucketRanges(weights.length, 1, weights);
    const end = ranges.at(-1)![1];
    // Where ranges meet is where a bucket could have two variations, or none.
    const starts = ranges.map(([start]) => start);
    for (const bucket of [hash(seed, id, version)!, ...starts]) {
      const holding = ranges.filter((range) => inRange(bucket, range));
      assertEquals(holding.length, bucket < end ? 1 : 0);
    }
  },
);

testLaw(
  "chooseVariation() always chooses the first range that holds the bucket, if one does",
  1000,
  [fc.array(fc.tuple(arbitraryShare, arbitraryShare)), arbitraryShare],
  (ranges, bucket) => {
    const index = chooseVariation(bucket, ranges);
    const passedOver = index === -1 ? ranges : ranges.slice(0, index);
    assert(passedOver.every((range) => !inRange(bucket, range)));
    assert(index === -1 || inRange(bucket, ranges[index]!));
  },
);

/** In a hundred parts of equal size; the buckets of both versions fall evenly into them. */
function assertUniform(buckets: readonly number[]): void {
  const counts = new Array<number>(100).fill(0);
  for (const bucket of buckets) {
    const part = Math.floor(Math.round(bucket * 10_000) / 100);
    counts[part] = counts[part]! + 1;
  }
  const expected = counts.map(() => buckets.length / 100);
  assert(chiSquared(counts, expected) < criticalValue(99));
}

/** Counts users by the tenths that two seeds put them in. */
function tabulate(
  one: string,
  other: string,
  version: number,
  salt: number,
): number[][] {
  const table = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  for (const id of userIds(users, salt)) {
    const row = table[tenth(hash(one, id, version)!)]!;
    const column = tenth(hash(other, id, version)!);
    row[column] = row[column]! + 1;
  }
  return table;
}

function tenth(bucket: number): number {
  return Math.floor(Math.round(bucket * 10_000) / 1000);
}

function thousandths(seed: string, id: string): number {
  return Math.round(hash(seed, id, 1)! * 1000);
}
