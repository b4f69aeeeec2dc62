import { assertEquals, assertThrows } from "@std/assert";
import { compileCondition } from "../../../core/condition/compile_condition.ts";
import { startScope } from "../../../core/condition/condition_scope.ts";
import { holds } from "../../../core/condition/holds.ts";

const noScope = () => startScope(undefined);

Deno.test("holds() tells whether a record meets a condition", () => {
  const test = compileCondition({ country: "fr" });
  assertEquals(holds(test, { country: "fr" }, noScope()), true);
  assertEquals(holds(test, { country: "de" }, noScope()), false);
});

Deno.test("holds() is false for a condition that nests too deep", () => {
  let condition = {};
  for (let level = 0; level < 258; level++) condition = { $not: condition };
  assertEquals(holds(compileCondition(condition), {}, noScope()), false);
});

Deno.test("holds() throws for a condition that is malformed", () => {
  const test = compileCondition({ $or: null });
  assertThrows(
    () => holds(test, {}, noScope()),
    TypeError,
    "badCondition",
  );
});
