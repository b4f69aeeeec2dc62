import { assertEquals, assertStrictEquals } from "@std/assert";
import { findLink, type Link } from "../../../core/support/find_link.ts";

interface Numbered extends Link {
  readonly number: number;
  readonly outer: Numbered | null;
}

const first: Numbered = { key: "a", number: 1, outer: null };
const second: Numbered = { key: "c", number: 2, outer: first };
const third: Numbered = { key: "a", number: 3, outer: second };

Deno.test("findLink() finds the last link that has a key", () => {
  assertStrictEquals(findLink(third, "a"), third);
  assertStrictEquals(findLink(second, "a"), first);
});

Deno.test("findLink() finds nothing where no link has the key", () => {
  assertEquals(findLink(third, "b"), null);
  assertEquals(findLink(null, "a"), null);
});
