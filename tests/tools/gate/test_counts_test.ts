import { assertEquals } from "@std/assert";
import { testCounts } from "../../../tools/gate/test_counts.ts";

const summary = (text: string) => `x ...\n\n${text} (1s)\n`;

Deno.test("testCounts() counts the tests of a good run", () => {
  const output = summary("ok | 12 passed | 0 failed");
  assertEquals(
    testCounts({ output, success: true }, true),
    { passed: 12, failed: 0, ignored: 0, missing: [] },
  );
});

Deno.test("testCounts() counts one failure where a run failed without a failed test", () => {
  const output = summary("FAILED | 12 passed | 0 failed");
  assertEquals(testCounts({ output, success: false }, false).failed, 1);
});

Deno.test("testCounts() counts one failure where a run told no totals, whatever it says", () => {
  for (const success of [true, false]) {
    assertEquals(testCounts({ output: "", success }, false).failed, 1);
  }
});

Deno.test("testCounts() counts failed tests, and not the run beside them", () => {
  const output = summary("FAILED | 1 passed | 3 failed");
  assertEquals(testCounts({ output, success: false }, false).failed, 3);
});

Deno.test("testCounts() takes ignored tests for failures where all are required, but for data", () => {
  const output = "a ... ignored (0ms)\nb [data] ... ignored (0ms)\n" +
    summary("ok | 1 passed | 0 failed | 2 ignored");
  const run = { output, success: true };
  assertEquals(testCounts(run, true), {
    passed: 1,
    failed: 1,
    ignored: 2,
    missing: ["a"],
  });
  assertEquals(testCounts(run, false).failed, 0);
});
