import { assertEquals } from "@std/assert";
import {
  compareVersions,
  readVersion,
} from "../../../core/condition/version_order.ts";
import { testRows } from "../../support/test_rows.ts";

/** Whether a version is below another, equal to it, or above it: -1, 0 or 1. */
function compare(one: string, other: string): number {
  return compareVersions(one, readVersion(other));
}

const pairs: readonly (readonly [lesser: string, greater: string])[] = [
  ["1.2.3", "1.2.4"],
  ["1.2", "1.2.0"],
  ["1.2.3-rc", "1.2.3"],
  ["1.9", "1.10"],
  // Parts that are rarely seen in a version are compared by their code units all the same.
  ["1.2.3", "1.2.3-~5"],
  ["1.2.a,", "1.2.a"],
  ["1.2.3", "1.2.3-\u007f"],
  ["1.a", "1.a\u0000"],
  ["2", "123456"],
  // Plain versions, which are compared as numbers, with plain ones and with others.
  ["0.0.0", "0.0.1"],
  ["1.2.3", "1.2.10"],
  ["1.9.9", "2.0.0"],
  ["9.99999.99999", "10.0.0"],
  ["99999.99999.99998", "99999.99999.99999"],
  ["1.2.3-rc.1", "1.2.3"],
  // Four parts are no plain version, and come before three.
  ["1.2.3.4", "1.2.3"],
];

for (const [lesser, greater] of pairs) {
  const both = `${JSON.stringify(lesser)} and ${JSON.stringify(greater)}`;
  Deno.test(`compareVersions() orders ${both}`, () => {
    assertEquals(compare(lesser, greater), -1);
    assertEquals(compare(greater, lesser), 1);
    assertEquals(compare(lesser, lesser), 0);
    assertEquals(compare(greater, greater), 0);
  });
}

const plainVersions: readonly (readonly [version: string, plain: number])[] = [
  ["0.0.0", 0],
  ["1.2.3", 1_00002_00003],
  ["10.20.30", 10_00020_00030],
  ["9.80.105", 9_00080_00105],
  ["99999.99999.99999", 99999_99999_99999],
];

testRows(
  "readVersion() reads as one number",
  plainVersions,
  ([version, plain]) => assertEquals(plainOf(version), plain),
);

for (
  const version of [
    "12345",
    "1.2",
    "1.2.3.4",
    "01.2.3",
    "1.2.00",
    "100000.2.3",
    ".2.3",
    "1..3",
    "1.2.",
    "1.2.3.",
    "1.2.3.4.5",
    "v1.2.3",
    "1-2-3",
    "1/2/3",
    "1.2/.3",
    "1.2:.3",
    "99999.99999.999999",
    "",
    1.2,
    null,
  ]
) {
  Deno.test(`readVersion() reads as no number ${JSON.stringify(version)}`, () => {
    assertEquals(plainOf(version), -1);
  });
}

/** The one number that a version is read as. */
function plainOf(version: unknown): number {
  return readVersion(version).plain;
}
