import { assertEquals } from "@std/assert";
import { listConditions } from "../../../core/condition/list_conditions.ts";

Deno.test("listConditions() lists an array", () => {
  assertEquals(listConditions([{ a: 1 }, null]), [{ a: 1 }, null]);
});

Deno.test("listConditions() lists the characters of a text", () => {
  assertEquals(listConditions("ab"), ["a", "b"]);
});

Deno.test("listConditions() goes no further than the first gap", () => {
  assertEquals(listConditions({ 0: { a: 1 }, length: 1_000 }), [
    { a: 1 },
    null,
  ]);
});

Deno.test("listConditions() finds one missing condition where nothing stands", () => {
  assertEquals(listConditions(null), [null]);
  assertEquals(listConditions(undefined), [null]);
});

Deno.test("listConditions() finds nothing where there is no length", () => {
  for (const operand of [{}, 5, true]) {
    assertEquals(listConditions(operand), []);
  }
});
