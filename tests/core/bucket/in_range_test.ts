import { assertEquals } from "@std/assert";
import { type BucketRange, inRange } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";

const rows: readonly (readonly [string, number, BucketRange, boolean])[] = [
  ["includes what lies between", 0.3, [0.2, 0.4], true],
  ["includes the start", 0.2, [0.2, 0.4], true],
  ["excludes the end", 0.4, [0.2, 0.4], false],
  ["excludes what lies before", 0.1999, [0.2, 0.4], false],
  ["excludes what lies behind", 0.5, [0.2, 0.4], false],
  ["includes 0", 0, [0, 1], true],
  ["has nothing in an empty range", 0.2, [0.2, 0.2], false],
  ["has nothing in a reversed range", 0.3, [0.4, 0.2], false],
];

testRows("inRange()", rows, ([, bucket, range, expected]) => {
  assertEquals(inRange(bucket, range), expected);
});
