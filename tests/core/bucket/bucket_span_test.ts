import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { spanOf } from "../../../core/bucket/bucket_span.ts";
import { inRange } from "../../../core/bucket/in_range.ts";
import { runs } from "../../support/runs.ts";

Deno.test("spanOf() gives the first bucket of a range and the first after it", () => {
  assertEquals(spanOf([0, 0.5], 10_000), { from: 0, to: 5_000 });
  assertEquals(spanOf([0.25, 1], 1_000), { from: 250, to: 1_000 });
  assertEquals(spanOf([0.00005, 0.00015], 10_000), { from: 1, to: 2 });
});

Deno.test("spanOf() gives no bucket for a range that holds none", () => {
  const isEmpty = ([start, end]: readonly [number, number]) => {
    const { from, to } = spanOf([start, end], 1_000);
    return from >= to;
  };
  assertEquals(
    ([[0.5, 0.5], [0.5, 0.2], [NaN, 1], [0, NaN], [1, 2], [-1, 0]] as const)
      .map(isEmpty),
    [true, true, true, true, true, true],
  );
});

const arbitraryBound = fc.oneof(
  fc.double({ min: -0.1, max: 1.1, noNaN: true }),
  fc.nat(10_000).map((bucket) => bucket / 10_000),
  fc.nat(1_000).map((bucket) => bucket / 1_000),
  fc.constantFrom(NaN, Infinity, -Infinity, 0.1 + 0.2, 1 / 3),
  fc.constantFrom("0.5", "", null, true, [0.25], {}, undefined) as fc.Arbitrary<
    unknown
  >,
) as fc.Arbitrary<number>;

for (const scale of [1_000, 10_000]) {
  Deno.test(`spanOf() holds the same of ${scale} buckets as inRange()`, () => {
    fc.assert(
      fc.property(
        arbitraryBound,
        arbitraryBound,
        fc.nat(scale - 1),
        (start, end, bucket) => {
          const { from, to } = spanOf([start, end], scale);
          assertEquals(
            bucket >= from && bucket < to,
            inRange(bucket / scale, [start, end]),
          );
          // The buckets on both sides of a bound are where the two could differ.
          for (const each of [from - 1, from, to - 1, to]) {
            if (each < 0 || each >= scale) continue;
            assertEquals(
              each >= from && each < to,
              inRange(each / scale, [start, end]),
            );
          }
        },
      ),
      runs(1_000),
    );
  });
}
