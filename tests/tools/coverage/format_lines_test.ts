import { assertEquals } from "@std/assert";
import { formatLines } from "../../../tools/coverage/format_lines.ts";

Deno.test("formatLines() writes a line alone as its number", () => {
  assertEquals(formatLines([7]), "7");
});

Deno.test("formatLines() joins lines that follow each other", () => {
  assertEquals(formatLines([1, 2, 4, 5, 6]), "1-2, 4-6");
});

Deno.test("formatLines() writes nothing for no lines", () => {
  assertEquals(formatLines([]), "");
});
