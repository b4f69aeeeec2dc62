import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  deleteNested,
  getNested,
  type NestedMap,
  setNested,
} from "../../../core/collections/nested_map.ts";
import { emptyMap } from "../../../core/collections/sorted_map.ts";

const one: NestedMap = setNested(emptyMap, ["a", "b"], 1);

Deno.test("getNested() finds nothing where a path ends early or goes on", () => {
  assertEquals(getNested(one, ["a", "b"]), 1);
  assertEquals(getNested(one, ["a"]), undefined);
  assertEquals(getNested(one, ["a", "b", "c"]), undefined);
  assertEquals(getNested(one, ["b", "a"]), undefined);
});

Deno.test("setNested() puts maps where a number was", () => {
  const deeper = setNested(one, ["a", "b", "c"], 2);
  assertEquals(getNested(deeper, ["a", "b", "c"]), 2);
  assertEquals(getNested(deeper, ["a", "b"]), undefined);
  assertEquals(getNested(one, ["a", "b"]), 1);
});

Deno.test("deleteNested() gives the same maps where there is no such path", () => {
  assertStrictEquals(deleteNested(one, ["b"]), one);
  assertStrictEquals(deleteNested(one, ["a", "c"]), one);
});

Deno.test("deleteNested() takes the maps along that are empty then", () => {
  assertEquals(deleteNested(one, ["a", "b"]).size, 0);
  const two = setNested(one, ["a", "c"], 2);
  assertEquals(getNested(deleteNested(two, ["a", "b"]), ["a", "c"]), 2);
});
