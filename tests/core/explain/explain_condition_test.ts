import { assertEquals } from "@std/assert";
import { startScope } from "../../../core/condition/condition_scope.ts";
import { tellFailure } from "../../../core/explain/explain_condition.ts";

const scope = startScope(undefined);

Deno.test("tellFailure() has nothing to tell of a record that passes", () => {
  assertEquals(tellFailure({ age: 18 }, { age: 18 }, scope), undefined);
  assertEquals(tellFailure({}, {}, scope), undefined);
});

Deno.test("tellFailure() tells the first operator that says no", () => {
  const condition = { age: { $gte: 18, $lt: 20 }, country: "fr" };
  const record = { age: 20, country: "de" };
  assertEquals(tellFailure(condition, record, scope), {
    path: "age",
    operator: "$lt",
    expected: 20,
    actual: 20,
  });
});

Deno.test("tellFailure() gives up on a condition of which each level tests all that is in it", () => {
  let condition: object = {
    $or: Array.from({ length: 20_000 }, (_, age) => ({ age })),
  };
  for (let level = 0; level < 250; level++) condition = { $or: [condition] };
  assertEquals(tellFailure(condition, { age: -1 }, scope), {
    path: "",
    operator: "$and",
    expected: condition,
    actual: "the condition nests too deep",
  });
});
