import { assertEquals } from "@std/assert";
import {
  type Condition,
  evalCondition,
  type SavedGroups,
} from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";

const tooDeep = 20_000;

/** Puts a condition into itself a number of times, from the inside out. */
function nest(
  levels: number,
  wrap: (inner: Condition) => Condition,
  innermost: Condition = {},
): Condition {
  let condition = innermost;
  for (let level = 0; level < levels; level++) condition = wrap(condition);
  return condition;
}

/** A chain of groups, each of which asks for the next; the last one holds for everybody. */
function chain(
  length: number,
  ask: (id: string) => Condition = (id) => ({ $savedGroup: { id } }),
): SavedGroups {
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [`group-${index}`, {
      type: "condition",
      condition: index + 1 < length ? ask(`group-${index + 1}`) : {},
    }]),
  );
}

type Wrapper = readonly [
  name: string,
  wrap: (inner: Condition) => Condition,
];

const wrappers: readonly Wrapper[] = [
  ["$and", (inner) => ({ $and: [inner] })],
  ["$or", (inner) => ({ $or: [inner] })],
  ["$nor", (inner) => ({ $nor: [inner] })],
  ["$not", (inner) => ({ $not: inner })],
  ["$and beside a path", (inner) => ({ $and: [inner], a: "x" })],
];

testRows("evalCondition() nests a hundred levels of", wrappers, ([, wrap]) => {
  assertEquals(evalCondition({ a: "x" }, nest(100, wrap)), true);
});

testRows(
  "evalCondition() is false 20,000 levels deep in",
  wrappers,
  ([, wrap]) => {
    const condition = nest(tooDeep, wrap);
    assertEquals(evalCondition({ a: "x" }, condition), false);
  },
);

testRows(
  "evalCondition() is false under $not 20,000 levels deep in",
  wrappers,
  ([, wrap]) => {
    const condition = { $not: nest(tooDeep, wrap) };
    assertEquals(evalCondition({ a: "x" }, condition), false);
  },
);

testRows(
  "evalCondition() is false in every alternative 20,000 levels deep in",
  wrappers,
  ([, wrap]) => {
    const condition = { $nor: [nest(tooDeep, wrap)], $not: { a: "y" } };
    assertEquals(evalCondition({ a: "x" }, condition), false);
  },
);

const operators: readonly Wrapper[] = [
  ["$not", (inner) => ({ $not: inner })],
  ["$elemMatch", (inner) => ({ $elemMatch: inner })],
  ["$all", (inner) => ({ $all: [inner] })],
  ["$size", (inner) => ({ $size: inner })],
];

/** Arrays in arrays, deep enough for every operator to find an element. */
function nestArrays(levels: number): readonly unknown[] {
  let array: readonly unknown[] = [];
  for (let level = 0; level < levels; level++) array = [array];
  return array;
}

testRows(
  "evalCondition() is false beneath a path 20,000 levels deep in",
  operators,
  ([, wrap]) => {
    const condition = { a: nest(tooDeep, wrap, { $exists: true }) };
    assertEquals(evalCondition({ a: nestArrays(tooDeep) }, condition), false);
  },
);

testRows(
  "evalCondition() is false under $not beneath a path 20,000 levels deep in",
  operators.filter(([name]) => name !== "$size"),
  ([, wrap]) => {
    const condition = { a: { $not: nest(tooDeep, wrap, { $exists: true }) } };
    assertEquals(evalCondition({ a: nestArrays(tooDeep) }, condition), false);
  },
);

Deno.test("evalCondition() follows a hundred saved groups", () => {
  assertEquals(
    evalCondition({}, { $savedGroup: { id: "group-0" } }, chain(100)),
    true,
  );
});

Deno.test("evalCondition() is false for 20,000 chained saved groups", () => {
  assertEquals(
    evalCondition({}, { $savedGroup: { id: "group-0" } }, chain(tooDeep)),
    false,
  );
});

Deno.test("evalCondition() is false under $not for 20,000 chained saved groups", () => {
  const condition = { $not: { $savedGroup: { id: "group-0" } } };
  assertEquals(evalCondition({}, condition, chain(tooDeep)), false);
});

Deno.test("evalCondition() is false for 20,000 saved groups that each negate the next", () => {
  const groups = chain(tooDeep, (id) => ({ $not: { $savedGroup: { id } } }));
  const reference = { $savedGroup: { id: "group-0" } };
  assertEquals(evalCondition({}, reference, groups), false);
  assertEquals(evalCondition({}, { $not: reference }, groups), false);
});

Deno.test("evalCondition() counts the levels inside saved groups together", () => {
  const groups = chain(
    200,
    (id) => ({ $and: [{ $and: [{ $savedGroup: { id } }] }] }),
  );
  const reference = { $savedGroup: { id: "group-0" } };
  assertEquals(evalCondition({}, reference, groups), false);
  assertEquals(evalCondition({}, { $not: reference }, groups), false);
});
