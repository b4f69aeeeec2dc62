import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { compileCondition } from "../../../core/condition/compile_condition.ts";

const scope = { savedGroups: undefined, resolving: null, resolved: 0 };

Deno.test("compileCondition() compiles an object once", () => {
  const condition = { country: "fr" };
  assertStrictEquals(compileCondition(condition), compileCondition(condition));
});

Deno.test("compileCondition() reads what its path says", () => {
  for (const path of ["seats", "plan.seats"]) {
    const test = compileCondition({ [path]: 1 });
    assertEquals(test({ seats: 1, plan: { seats: 1 } }, { ...scope }), true);
    assertEquals(test({ seats: 2, plan: { seats: 2 } }, { ...scope }), false);
  }
});

Deno.test("compileCondition() ends at the first gap of a list", () => {
  const test = compileCondition({ $or: { 0: { a: 1 }, length: 1_000 } });
  assertEquals(test({ a: 1 }, { ...scope }), true);
  assertThrows(() => test({ a: 2 }, { ...scope }), TypeError, "badCondition");
});

Deno.test("compileCondition() has nobody pass $or over what has a length that is none", () => {
  const test = compileCondition({ $or: { length: "many" } });
  assertEquals(test({}, { ...scope }), false);
});
