import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { compileCondition } from "../../../core/condition/compile_condition.ts";
import { compileValue } from "../../../core/condition/compile_value.ts";
import type { ConditionNode } from "../../../core/condition/condition_node.ts";

Deno.test("compileCondition() compiles an object once", () => {
  const condition = { country: "fr" };
  assertStrictEquals(compileCondition(condition), compileCondition(condition));
});

Deno.test("compileCondition() makes one node of one entry", () => {
  const node = compileCondition({ "plan.seats": { $gt: 5 } });
  assert("path" in node);
  assertEquals(node.path, "plan.seats");
  assertEquals(
    node.tests.map(({ operator, operand }) => [operator, operand]),
    [["$gt", 5]],
  );
});

Deno.test("compileCondition() reads what its path says", () => {
  for (const path of ["seats", "plan.seats"]) {
    const node = compileCondition({ [path]: 1 });
    assert("path" in node);
    const scope = { savedGroups: undefined, resolving: null, resolved: 0 };
    assert(node.test({ seats: 1, plan: { seats: 1 } }, scope));
  }
});

Deno.test("compileCondition() calls a plain value's operator equals", () => {
  const node = compileCondition({ country: "fr" });
  assert("path" in node);
  assertEquals(
    node.tests.map(({ operator, operand }) => [operator, operand]),
    [["equals", "fr"]],
  );
});

Deno.test("compileCondition() joins several entries by $and", () => {
  const condition = { a: 1, b: 2 };
  const node = compileCondition(condition);
  assertEquals(shapeOf(node), ["$and", condition, ["a", "b"]]);
});

Deno.test("compileCondition() names the operators over a record", () => {
  const list = [{ a: 1 }, { b: 2 }];
  assertEquals(shapeOf(compileCondition({ $and: list })), [
    "$and",
    list,
    ["a", "b"],
  ]);
  assertEquals(shapeOf(compileCondition({ $or: list })), [
    "$or",
    list,
    ["a", "b"],
  ]);
  assertEquals(shapeOf(compileCondition({ $nor: list })), [
    "$nor",
    list,
    [["$or", list, ["a", "b"]]],
  ]);
  assertEquals(shapeOf(compileCondition({ $not: list[0] })), [
    "$not",
    list[0],
    ["a"],
  ]);
  assertEquals(shapeOf(compileCondition({ $savedGroup: { id: "a" } })), [
    "$savedGroup",
    { id: "a" },
    [],
  ]);
});

Deno.test("compileCondition() goes no further in a list than its first gap", () => {
  const node = compileCondition({ $or: { 0: { a: 1 }, length: 1_000 } });
  assert("children" in node);
  assertEquals(node.children.length, 2);
});

Deno.test("compileValue() calls a value that nests too deep a plain one", () => {
  const tooDeep = compileValue({ $gt: 5 }, compileCondition, 257);
  assertEquals(
    tooDeep.map(({ operator, operand }) => [operator, operand]),
    [["equals", { $gt: 5 }]],
  );
});

type Shape =
  | string
  | readonly [operator: string, operand: unknown, children: readonly Shape[]];

function shapeOf(node: ConditionNode): Shape {
  if ("path" in node) return node.path;
  return [node.operator, node.operand, node.children.map(shapeOf)];
}
