import { assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import { hash } from "../../mod.ts";
import { arbitraryShare } from "../arbitraries/shares.ts";
import { arbitraryText } from "../arbitraries/text.ts";
import { testLaw } from "../support/test_law.ts";
import { inOrder, isIn } from "./assign.ts";

const arbitraryVersion = fc.constantFrom(1, 2);
const arbitraryId = arbitraryText.filter(Boolean);

testLaw(
  "runExperiment() never has a user in two experiments with disjoint parts of a namespace",
  2000,
  [
    arbitraryText,
    arbitraryText,
    fc.tuple(arbitraryShare, arbitraryShare, arbitraryShare, arbitraryShare),
    fc.tuple(arbitraryText, arbitraryText),
  ],
  (id, namespace, bounds, [one, other]) => {
    const [start, end, otherStart, otherEnd] = inOrder(bounds);
    const isInBoth =
      isIn({ key: one, namespace: [namespace, start, end] }, id) &&
      isIn({ key: other, namespace: [namespace, otherStart, otherEnd] }, id);
    assertFalse(isInBoth);
  },
);

testLaw(
  "runExperiment() has every user in one of two experiments that share a namespace",
  1000,
  [arbitraryId, arbitraryText, arbitraryShare],
  (id, namespace, share) => {
    const bucket = hash(`__${namespace}`, id, 1)!;
    // The user's own bucket is where the two parts could both have the user, or neither.
    for (const bound of [share, bucket]) {
      const isInFirst = isIn({ namespace: [namespace, 0, bound] }, id);
      assertEquals(isIn({ namespace: [namespace, bound, 1] }, id), !isInFirst);
    }
  },
);

testLaw(
  "runExperiment() has every user in one of two experiments whose filters share all buckets",
  1000,
  [
    arbitraryId,
    arbitraryText,
    fc.array(arbitraryShare, { minLength: 1, maxLength: 6 }),
    arbitraryVersion,
  ],
  (id, seed, cuts, hashVersion) => {
    const bucket = hash(seed, id, hashVersion)!;
    const bounds = inOrder([0, bucket, ...cuts, 1]);
    const ranges = bounds.slice(1).map((end, index) =>
      [bounds[index]!, end] as const
    );
    const [one, other] = [0, 1].map((rest) =>
      isIn({
        filters: [{
          seed,
          hashVersion,
          ranges: ranges.filter((_, index) => index % 2 === rest),
        }],
      }, id)
    );
    assertEquals(one, !other);
  },
);
