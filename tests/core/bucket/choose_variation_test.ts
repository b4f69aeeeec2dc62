import { assertEquals } from "@std/assert";
import { type BucketRange, chooseVariation } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";

type Row = readonly [string, number, readonly BucketRange[], number];

const rows: readonly Row[] = [
  ["gives the first range that holds the bucket", 0.3, [[0, 0.5], [0.5, 1]], 0],
  ["gives the next at the end of one", 0.5, [[0, 0.5], [0.5, 1]], 1],
  ["gives the first of two that overlap", 0.5, [[0, 0.6], [0.4, 1]], 0],
  ["goes by position, not by start", 0.3, [[0.5, 1], [0, 0.5]], 1],
  ["gives -1 in a gap", 0.45, [[0, 0.4], [0.5, 0.9]], -1],
  ["gives -1 behind the last", 0.9, [[0, 0.4], [0.5, 0.9]], -1],
  ["passes over an empty range", 0, [[0, 0], [0, 1]], 1],
  ["gives -1 without ranges", 0.5, [], -1],
];

testRows("chooseVariation()", rows, ([, bucket, ranges, expected]) => {
  assertEquals(chooseVariation(bucket, ranges), expected);
});
