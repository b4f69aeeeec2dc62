import { assertEquals } from "@std/assert";
import { readPattern } from "../../../core/pattern/read_pattern.ts";

Deno.test("readPattern() makes a regular expression with the flags", () => {
  assertEquals(String(readPattern("a+", "i")), "/a+/i");
});

Deno.test("readPattern() gives null for what isn't a valid pattern", () => {
  assertEquals(readPattern("(", ""), null);
});

Deno.test("readPattern() gives null for what isn't a string", () => {
  for (const source of [undefined, null, 5, ["a"], /a/]) {
    assertEquals(readPattern(source, ""), null);
  }
});

Deno.test("readPattern() does not run a pattern, and gives null for one of more than 20,000 code units", () => {
  assertEquals(readPattern("(?:|)".repeat(30) + "x", "")?.flags, "");
  assertEquals(readPattern("a".repeat(20_001), ""), null);
});
