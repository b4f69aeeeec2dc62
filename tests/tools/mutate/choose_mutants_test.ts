import { assertEquals } from "@std/assert";
import { chooseMutants } from "../../../tools/mutate/choose_mutants.ts";
import { findMutants } from "../../../tools/mutate/find_mutants.ts";
import { readOptions } from "../../../tools/mutate/read_options.ts";

const mutants = [
  ...findMutants("core/a.ts", "f(true);\ng(true);"),
  ...findMutants("core/b.ts", "f(true);"),
];

Deno.test("chooseMutants() takes all, in their order", () => {
  assertEquals(choose(), ["core/a.ts:1", "core/a.ts:2", "core/b.ts:1"]);
});

Deno.test("chooseMutants() takes those of a file", () => {
  assertEquals(choose("--only", "core/b.ts"), ["core/b.ts:1"]);
});

Deno.test("chooseMutants() takes those of a line", () => {
  assertEquals(choose("--only", "core/a.ts:2"), ["core/a.ts:2"]);
});

Deno.test("chooseMutants() takes no more than the limit", () => {
  assertEquals(choose("--limit", "2"), ["core/a.ts:1", "core/a.ts:2"]);
});

Deno.test("chooseMutants() gives each mutant to one shard", () => {
  assertEquals(choose("--shard", "1/2"), ["core/a.ts:1", "core/b.ts:1"]);
  assertEquals(choose("--shard", "2/2"), ["core/a.ts:2"]);
});

function choose(...args: readonly string[]): readonly string[] {
  return chooseMutants(mutants, readOptions(args))
    .map(({ file, line }) => `${file}:${line}`);
}
