import { assertEquals, assertStrictEquals } from "@std/assert";
import { getOrMake } from "../../../core/support/get_or_make.ts";

Deno.test("getOrMake() makes a value once for each key", () => {
  const kept = new Map<string, string[]>();
  const make = (key: string) => [key];
  const first = getOrMake(kept, "a", make);
  assertEquals(first, ["a"]);
  assertStrictEquals(getOrMake(kept, "a", make), first);
  assertEquals(getOrMake(kept, "b", make), ["b"]);
  assertEquals(kept.size, 2);
});

Deno.test("getOrMake() keeps nothing where making it throws", () => {
  const kept = new WeakMap<object, object>();
  const key = {};
  const fail = () => {
    throw new Error("no");
  };
  try {
    getOrMake(kept, key, fail);
  } catch { /* As it should. */ }
  assertEquals(kept.has(key), false);
});
