import { assertEquals } from "@std/assert";
import { formatCoverage } from "../../../tools/coverage/format_coverage.ts";

const covered = {
  file: "core/covered.ts",
  lines: 10,
  uncoveredLines: [],
  branches: 4,
  uncoveredBranches: [],
};

Deno.test("formatCoverage() gives the totals alone where everything ran", () => {
  assertEquals(formatCoverage([covered], []), [
    "core/: 10 of 10 lines, 4 of 4 branches",
  ]);
});

Deno.test("formatCoverage() names the lines and branches that never ran", () => {
  const missed = {
    file: "core/missed.ts",
    lines: 5,
    uncoveredLines: [2, 3],
    branches: 3,
    uncoveredBranches: [1, 1],
  };
  assertEquals(formatCoverage([covered, missed], []), [
    "core/missed.ts: 3/5 lines, 1/3 branches; lines 2-3; branches at 1",
    "core/: 13 of 15 lines, 5 of 7 branches",
  ]);
});

Deno.test("formatCoverage() names the files that no test loads", () => {
  assertEquals(formatCoverage([], ["core/lost.ts"]), [
    "core/lost.ts: never loaded",
    "core/: 0 of 0 lines, 0 of 0 branches",
  ]);
});
