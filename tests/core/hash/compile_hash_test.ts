import { assertEquals } from "@std/assert";
import { compileHash } from "../../../core/hash/compile_hash.ts";

/** The hash of nothing: the offset of FNV-1a, 2166136261, modulo 1000. */
const ofNothing = 0.261;

Deno.test("compileHash() hashes a number under a seed that is a number as nothing", () => {
  assertEquals(compileHash(2, 1)?.(1), ofNothing);
  assertEquals(compileHash(7, 1)?.(5), ofNothing);
});

Deno.test("compileHash() hashes a number without a seed as nothing", () => {
  assertEquals(compileHash(undefined, 1)?.(1), ofNothing);
  assertEquals(compileHash(null, 1)?.(true), ofNothing);
});

Deno.test("compileHash() gives everybody one bucket where nothing is hashed, also in version 2", () => {
  assertEquals(compileHash(2, 2)?.(1), compileHash(3, 2)?.(9));
});

Deno.test("compileHash() reads a seed that is a number as text before a text", () => {
  assertEquals(compileHash(2, 1)?.("1"), compileHash("2", 1)?.("1"));
  assertEquals(compileHash(2, 2)?.("1"), compileHash("2", 2)?.("1"));
});

Deno.test("compileHash() reads a number as text under a seed that is a text", () => {
  assertEquals(compileHash("2", 1)?.(1), compileHash("2", 1)?.("1"));
  assertEquals(compileHash("2", 2)?.(1), compileHash("2", 2)?.("1"));
});

Deno.test("compileHash() reads lists and objects as text, as seed and as value", () => {
  assertEquals(compileHash([2], 1)?.(1), compileHash("2", 1)?.("1"));
  assertEquals(compileHash(2, 1)?.([1]), compileHash("2", 1)?.("1"));
  assertEquals(
    compileHash({}, 2)?.("1"),
    compileHash("[object Object]", 2)?.("1"),
  );
});
