import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { compileCondition } from "../../../core/condition/compile_condition.ts";
import type { ConditionNode } from "../../../core/condition/condition_node.ts";

Deno.test("compileCondition() compiles an object once", () => {
  const condition = { country: "fr" };
  assertStrictEquals(compileCondition(condition), compileCondition(condition));
});

Deno.test("compileCondition() makes one node of one entry", () => {
  const node = compileCondition({ "plan.seats": { $gt: 5 } });
  assert(node.kind === "attribute");
  assertEquals(node.path, "plan.seats");
  assertEquals(
    node.tests.map(({ operator, operand }) => [operator, operand]),
    [["$gt", 5]],
  );
});

Deno.test("compileCondition() reads what its path says", () => {
  for (const path of ["seats", "plan.seats"]) {
    const node = compileCondition({ [path]: 1 });
    assert(node.kind === "attribute");
    assertEquals(node.read({ seats: 7, plan: { seats: 7 } }), 7);
  }
});

Deno.test("compileCondition() calls a plain value's operator equals", () => {
  const node = compileCondition({ country: "fr" });
  assert(node.kind === "attribute");
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

type Shape =
  | string
  | readonly [operator: string, operand: unknown, children: readonly Shape[]];

function shapeOf(node: ConditionNode): Shape {
  if (node.kind === "attribute") return node.path;
  assertEquals(node.kind, "logical");
  return [node.operator, node.operand, node.children.map(shapeOf)];
}
