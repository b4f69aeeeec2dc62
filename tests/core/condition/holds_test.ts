import { assertEquals, assertThrows } from "@std/assert";
import { compileCondition } from "../../../core/condition/compile_condition.ts";
import { holds } from "../../../core/condition/holds.ts";

const scope = { savedGroups: undefined, resolving: null, resolved: 0 };

Deno.test("holds() tells whether a record meets a condition", () => {
  const test = compileCondition({ country: "fr" });
  assertEquals(holds(test, { country: "fr" }, { ...scope }), true);
  assertEquals(holds(test, { country: "de" }, { ...scope }), false);
});

Deno.test("holds() is false for a condition that nests too deep", () => {
  let condition = {};
  for (let level = 0; level < 258; level++) condition = { $not: condition };
  assertEquals(holds(compileCondition(condition), {}, { ...scope }), false);
});

Deno.test("holds() throws for a condition that is malformed", () => {
  const test = compileCondition({ $or: null });
  assertThrows(
    () => holds(test, {}, { ...scope }),
    TypeError,
    "badCondition",
  );
});
