import { assertEquals } from "@std/assert";
import { testTotals } from "../../../tools/gate/test_totals.ts";

Deno.test("testTotals() reads the summary of a good run", () => {
  assertEquals(
    testTotals("a ... ok (2ms)\n\nok | 12 passed | 0 failed (1s)\n"),
    { passed: 12, failed: 0, ignored: [] },
  );
});

Deno.test("testTotals() reads the summary of a bad run", () => {
  assertEquals(
    testTotals("FAILED | 2 passed (1 step) | 3 failed (2 steps) (125ms)"),
    { passed: 2, failed: 3, ignored: [] },
  );
});

Deno.test("testTotals() reads a coloured summary", () => {
  assertEquals(
    testTotals("\x1b[0m\x1b[32mok\x1b[0m | 1 passed | 0 failed \x1b[2m(9ms)"),
    { passed: 1, failed: 0, ignored: [] },
  );
});

Deno.test("testTotals() lists ignored tests and steps", () => {
  const output = [
    "rows [data] ... \x1b[33mignored\x1b[0m (0ms)",
    "a ...",
    "  b ... ignored (0ms)",
    "a ... ok (1ms)",
    "ok | 1 passed | 0 failed | 1 ignored (1 step) (2ms)",
  ].join("\n");
  assertEquals(testTotals(output)?.ignored, ["rows [data]", "b"]);
});

Deno.test("testTotals() takes the last of several summaries", () => {
  const output =
    "ok | 9 passed | 0 failed (1ms)\nok | 2 passed | 1 failed (1s)";
  assertEquals(testTotals(output)?.passed, 2);
});

Deno.test("testTotals() finds nothing without a summary", () => {
  assertEquals(testTotals("error: Type checking failed."), undefined);
});
