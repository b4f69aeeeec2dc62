import { assertEquals, assertFalse } from "@std/assert";
import { formatJson } from "../../../../adapters/cli/text/format_json.ts";

Deno.test("formatJson() gives the value", () => {
  const value = [{ key: "a", value: [1, null, "b"] }];
  assertEquals(JSON.parse(formatJson(value)!), value);
});

Deno.test("formatJson() escapes what JSON leaves as it is, without changing it", () => {
  const text = formatJson(["\x9b2J\u202e\n"])!;
  assertFalse(/[\x7f-\x9f\u202e]/.test(text));
  assertEquals(JSON.parse(text), ["\x9b2J\u202e\n"]);
});

Deno.test("formatJson() gives null where a value nests too deep, or can't be JSON", () => {
  let deep = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  assertEquals(formatJson(deep), null);
  assertEquals(formatJson(1n), null);
});
