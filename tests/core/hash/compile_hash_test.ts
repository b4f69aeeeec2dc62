import { assertEquals } from "@std/assert";
import { compileHash, fractionOf } from "../../../core/hash/compile_hash.ts";

/** Hashes a value under a seed. */
function hashOf(seed: unknown, version: number, value: unknown): number {
  return fractionOf(compileHash(seed, version), value)!;
}

/** The hash of nothing: the offset of FNV-1a, 2166136261, modulo 1000. */
const ofNothing = 0.261;

Deno.test("compileHash() hashes a number under a seed that is a number as nothing", () => {
  assertEquals(hashOf(2, 1, 1), ofNothing);
  assertEquals(hashOf(7, 1, 5), ofNothing);
});

Deno.test("compileHash() hashes a number without a seed as nothing", () => {
  assertEquals(hashOf(undefined, 1, 1), ofNothing);
  assertEquals(hashOf(null, 1, true), ofNothing);
});

Deno.test("compileHash() gives everybody one bucket where nothing is hashed, also in version 2", () => {
  assertEquals(hashOf(2, 2, 1), hashOf(3, 2, 9));
});

Deno.test("compileHash() reads a seed that is a number as text before a text", () => {
  assertEquals(hashOf(2, 1, "1"), hashOf("2", 1, "1"));
  assertEquals(hashOf(2, 2, "1"), hashOf("2", 2, "1"));
});

Deno.test("compileHash() reads a number as text under a seed that is a text", () => {
  assertEquals(hashOf("2", 1, 1), hashOf("2", 1, "1"));
  assertEquals(hashOf("2", 2, 1), hashOf("2", 2, "1"));
});

Deno.test("compileHash() reads lists and objects as text, as seed and as value", () => {
  assertEquals(hashOf([2], 1, 1), hashOf("2", 1, "1"));
  assertEquals(hashOf(2, 1, [1]), hashOf("2", 1, "1"));
  assertEquals(
    hashOf({}, 2, "1"),
    hashOf("[object Object]", 2, "1"),
  );
});

Deno.test("compileHash() reads a symbol as text under a seed that is a text", () => {
  assertEquals(hashOf("2", 1, Symbol("1")), hashOf("2", 1, "Symbol(1)"));
});
