import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  compileCondition,
  compileExpectation,
} from "../../../core/condition/compile_condition.ts";
import { startScope } from "../../../core/condition/condition_scope.ts";
import { holds } from "../../../core/condition/holds.ts";
import { passAll } from "../../../core/condition/pass_all.ts";

/** Compiles a condition into a test of records. */
function compile(condition: unknown): (record: unknown) => boolean {
  const instructions = compileCondition(condition);
  return (record) => passAll(instructions, record, startScope(undefined));
}

Deno.test("compileCondition() compiles an object once", () => {
  const condition = { country: "fr" };
  assertStrictEquals(compileCondition(condition), compileCondition(condition));
});

Deno.test("compileCondition() reads what its path says", () => {
  for (const path of ["seats", "plan.seats"]) {
    const test = compile({ [path]: 1 });
    assertEquals(test({ seats: 1, plan: { seats: 1 } }), true);
    assertEquals(test({ seats: 2, plan: { seats: 2 } }), false);
  }
});

Deno.test("compileCondition() ends at the first gap of a list", () => {
  const test = compile({ $or: { 0: { a: 1 }, length: 1_000 } });
  assertEquals(test({ a: 1 }), true);
  assertThrows(() => test({ a: 2 }), TypeError, "badCondition");
});

Deno.test("compileCondition() has nobody pass $or over what has a length that is none", () => {
  const test = compile({ $or: { length: "many" } });
  assertEquals(test({}), false);
});

for (
  const settled of [
    { $regex: "(" },
    { $in: 3 },
    { $unknown: 1 },
    { $unknown: 1, $eq: 2 },
    { $not: { $not: { $unknown: 1 } } },
  ]
) {
  const text = JSON.stringify(settled);
  Deno.test(`compileCondition() reads an attribute that begins with $not: ${text}`, () => {
    const test = compile({ country: "DE", age: { $not: settled, $gt: 17 } });
    assertEquals(test({ country: "DE", age: 18 }), true);
    assertEquals(test({ country: "DE", age: 17 }), false);
  });
}

for (const levels of [0, 1, 255, 256, 257, 258]) {
  Deno.test(`compileExpectation() passes a value beneath ${levels} levels as compileCondition() passes a record of it`, () => {
    for (const isThere of [true, false]) {
      let expected: unknown = { $exists: isThere };
      for (let level = 0; level < levels; level++) {
        expected = { $not: expected };
      }
      const scope = startScope(undefined);
      assertEquals(
        holds(compileExpectation(expected), "x", scope),
        holds(compileCondition({ value: expected }), { value: "x" }, scope),
      );
    }
  });
}
