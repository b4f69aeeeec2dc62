import { assertEquals, assertThrows } from "@std/assert";
import { parsePattern } from "../../../core/pattern/parse_pattern.ts";
import { scanFrom } from "../../../core/pattern/search_text.ts";

/** Searches a text, and gives how many ways the first step of the pattern remembers. */
function waysKept(source: string, text: string, steps: number): number {
  const { start, marks } = parsePattern(source, "");
  const search = { text, budget: { steps }, found: new Map() };
  const scan = () => scanFrom(search, start, false, 0, marks, true);
  if (steps < 100) assertThrows(scan, TypeError, "textTooLong");
  else scan();
  return start?.seen?.length ?? NaN;
}

Deno.test("scanFrom() keeps no ways of a search that gave up", () => {
  assertEquals(waysKept("(?:a|b|(?:c|d))+e", "ab", 4), 0);
  assertEquals(waysKept("(?:(a)|a)*\\1b", "a".repeat(50), 30), 0);
});

Deno.test("scanFrom() keeps no ways of a search that found something", () => {
  assertEquals(waysKept("(?:a|b|(?:c|d))+", "ab", 1000), 0);
});

Deno.test("scanFrom() counts each step once at a position, however many ways lead to it", () => {
  const source = `${"(?:|)".repeat(30)}(?:a|a|a)x`;
  const { start, marks, cost } = parsePattern(source, "");
  const text = "a".repeat(100);
  const budget = { steps: cost * (text.length + 1) };
  const search = { text, budget, found: new Map() };
  assertEquals(scanFrom(search, start, false, 0, marks, true), undefined);
  // No way leads to the last step before a character was taken.
  assertEquals(budget.steps, 1);
});
