import { assertEquals } from "@std/assert";
import { attempt } from "../../../core/support/attempt.ts";

Deno.test("attempt() gives what comes of something", () => {
  assertEquals(attempt(() => 1, 2), 1);
});

Deno.test("attempt() gives something else where that throws", () => {
  const fails = () => {
    throw new TypeError("malformed");
  };
  assertEquals(attempt(fails, 2), 2);
});
