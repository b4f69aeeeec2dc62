import { assertEquals, assertThrows } from "@std/assert";
import { compileCondition } from "../../../core/condition/compile_condition.ts";
import { holds } from "../../../core/condition/holds.ts";

const scope = { savedGroups: undefined, resolving: null, resolved: 0 };

Deno.test("holds() tells whether a record meets a condition", () => {
  const node = compileCondition({ country: "fr" });
  assertEquals(holds(node, { country: "fr" }, { ...scope }), true);
  assertEquals(holds(node, { country: "de" }, { ...scope }), false);
});

Deno.test("holds() is false for a condition that nests too deep", () => {
  let condition = {};
  for (let level = 0; level < 258; level++) condition = { $not: condition };
  assertEquals(holds(compileCondition(condition), {}, { ...scope }), false);
});

Deno.test("holds() throws for a condition that is malformed", () => {
  const node = compileCondition({ $or: null });
  assertThrows(
    () => holds(node, {}, { ...scope }),
    TypeError,
    "badCondition",
  );
});
