import { assertEquals, assertThrows } from "@std/assert";
import { readOptions } from "../../../tools/mutate/read_options.ts";

Deno.test("readOptions() takes the decisive folders of the core by default", () => {
  assertEquals(readOptions([]).paths, [
    "core/hash",
    "core/bucket",
    "core/condition",
    "core/gates",
    "core/pattern",
  ]);
});

Deno.test("readOptions() takes paths in their place", () => {
  assertEquals(readOptions(["core/gates"]).paths, ["core/gates"]);
});

Deno.test("readOptions() reads seconds as milliseconds", () => {
  assertEquals(readOptions(["--timeout", "5"]).timeout, 5_000);
});

Deno.test("readOptions() sets no end by default", () => {
  assertEquals(readOptions([]).minutes, Infinity);
  assertEquals(readOptions(["--minutes", "5"]).minutes, 5);
});

for (const shard of ["2", "0/2", "3/2", "a/b", "1/2/3"]) {
  Deno.test(`readOptions() refuses the shard ${shard}`, () => {
    assertThrows(
      () => readOptions(["--shard", shard]),
      RangeError,
      `the current value is ${shard}`,
    );
  });
}

for (const limit of ["0", "1.5", "many"]) {
  Deno.test(`readOptions() refuses the limit ${limit}`, () => {
    assertThrows(
      () => readOptions(["--limit", limit]),
      RangeError,
      `Cannot read --limit: the current value is ${limit}`,
    );
  });
}

Deno.test("readOptions() refuses a flag that it doesn't know", () => {
  assertThrows(() => readOptions(["--fast"]), TypeError, "--fast");
});
