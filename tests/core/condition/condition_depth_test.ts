import { assertEquals } from "@std/assert";
import {
  type Condition,
  evalCondition,
  type SavedGroups,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { testRows } from "../../support/test_rows.ts";

/** Well within the 256 levels that a condition may have. */
const deep = 200;

/** Beyond them, once by little and once by more than a call stack holds. */
const tooDeep = [400, 20_000];

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

testRows("evalCondition() nests 200 levels of", wrappers, ([, wrap]) => {
  assertEquals(evalCondition({ a: "x" }, nest(deep, wrap)), true);
});

testRows(
  "evalCondition() is false where it has what it shares in 2^18 places, under",
  [
    ["$and", (inner) => ({ $and: [inner, inner] })],
    ["$nor", (inner) => ({ $nor: [{ $or: [inner, inner] }] })],
    ["$not", (inner) => ({ $not: { $or: [inner, inner] } })],
    ["$elemMatch", (inner) => ({
      a: { $not: { $elemMatch: inner }, $elemMatch: inner },
    })],
  ] satisfies readonly Wrapper[],
  ([, wrap]) => {
    const twice = nest(18, (inner) => ({ $and: [inner, inner] }), { id: "1" });
    assertEquals(
      evalCondition({ id: "1", a: [{ id: "1" }] }, wrap(twice)),
      false,
    );
  },
);

Deno.test("evalCondition() ends where a condition has what it shares in 2^200 places", () => {
  const twice = nest(200, (inner) => ({ $or: [inner, inner] }), { id: "2" });
  assertEquals(evalCondition({ id: "1" }, twice), false);
});

Deno.test("evalCondition() evaluates a condition of 200,000 parts, and no larger one", () => {
  const choices: Condition[] = Array.from(
    { length: 99_999 },
    (_, id) => ({ id: `${id}` }),
  );
  const user = { id: "99998", a: "x" };
  assertEquals(evalCondition(user, { a: "x", $or: choices }), true);
  choices[99_998] = user;
  assertEquals(evalCondition(user, { a: "x", $or: choices }), false);
});

Deno.test("evalCondition() counts conditions that ask for nothing among the 200,000 parts", () => {
  const asking = new Array<Condition>(99_999).fill({ a: "x" });
  const user = { a: "x" };
  assertEquals(evalCondition(user, { $and: [...asking, {}] }), true);
  assertEquals(evalCondition(user, { $and: [...asking, {}, {}] }), false);
});

Deno.test("evalCondition() takes a text for a record of its characters, however long", () => {
  const text = (length: number) => "x".repeat(length) as never;
  const user = Object.fromEntries(
    Array.from({ length: 300_000 }, (_, index) => [index, "x"]),
  );
  assertEquals(evalCondition(user, text(300_000)), true);
  assertEquals(evalCondition(user, text(300_001)), false);
  assertEquals(evalCondition({}, { $not: text(300_000) }), true);
  assertEquals(evalCondition({}, "" as never), true);
  assertEquals(evalCondition({ 0: 1, 1: null }, "1" as never), true);
  assertEquals(
    evalCondition({ 0: "\ud83d", 1: "\ude00" }, "😀" as never),
    true,
  );
  assertEquals(evalCondition({ id: "1" }, { $and: ["x"] } as never), false);
});

for (const levels of tooDeep) {
  testRows(
    `evalCondition() is false for ${levels} levels of`,
    wrappers,
    ([, wrap]) => {
      const condition = nest(levels, wrap);
      assertEquals(evalCondition({ a: "x" }, condition), false);
    },
  );

  testRows(
    `evalCondition() is false under $not for ${levels} levels of`,
    wrappers,
    ([, wrap]) => {
      const condition = { $not: nest(levels, wrap) };
      assertEquals(evalCondition({ a: "x" }, condition), false);
    },
  );

  testRows(
    `evalCondition() is false under $nor for ${levels} levels of`,
    wrappers,
    ([, wrap]) => {
      const condition = { $nor: [nest(levels, wrap)], $not: { a: "y" } };
      assertEquals(evalCondition({ a: "x" }, condition), false);
    },
  );
}

const operators: readonly Wrapper[] = [
  ["$not", (inner) => ({ $not: inner })],
  ["$elemMatch", (inner) => ({ $elemMatch: inner })],
  ["$all", (inner) => ({ $all: [inner] })],
];

/** Arrays in arrays, deep enough for every operator to find an element. */
function nestArrays(levels: number): readonly unknown[] {
  let array: readonly unknown[] = [];
  for (let level = 0; level < levels; level++) array = [array];
  return array;
}

testRows(
  "evalCondition() nests beneath a path 200 levels of",
  operators,
  ([, wrap]) => {
    const condition = { a: nest(deep, wrap, { $exists: true }) };
    assertEquals(evalCondition({ a: nestArrays(deep) }, condition), true);
  },
);

for (const levels of tooDeep) {
  const a = nestArrays(levels);

  testRows(
    `evalCondition() is false beneath a path for ${levels} levels of`,
    operators,
    ([, wrap]) => {
      const condition = { a: nest(levels, wrap, { $exists: true }) };
      assertEquals(evalCondition({ a }, condition), false);
    },
  );

  testRows(
    `evalCondition() is false under $not beneath a path for ${levels} levels of`,
    operators,
    ([, wrap]) => {
      const condition = { a: { $not: nest(levels, wrap, { $exists: true }) } };
      assertEquals(evalCondition({ a }, condition), false);
    },
  );
}

const reference: Condition = { $savedGroup: { id: "group-0" } };

Deno.test("evalCondition() follows 200 saved groups", () => {
  assertEquals(evalCondition({}, reference, chain(deep)), true);
});

for (const length of tooDeep) {
  Deno.test(`evalCondition() is false for ${length} chained saved groups`, () => {
    assertEquals(evalCondition({}, reference, chain(length)), false);
  });

  Deno.test(`evalCondition() is false under $not for ${length} chained saved groups`, () => {
    assertEquals(evalCondition({}, { $not: reference }, chain(length)), false);
  });

  Deno.test(`evalCondition() is false for ${length} saved groups that each negate the next`, () => {
    const groups = chain(length, (id) => ({ $not: { $savedGroup: { id } } }));
    assertEquals(evalCondition({}, reference, groups), false);
    assertEquals(evalCondition({}, { $not: reference }, groups), false);
  });
}

Deno.test("evalCondition() counts the levels inside saved groups together", () => {
  const twoMore = (id: string) => ({
    $and: [{ $and: [{ $savedGroup: { id } }] }],
  });
  assertEquals(evalCondition({}, reference, chain(50, twoMore)), true);
  assertEquals(evalCondition({}, reference, chain(deep, twoMore)), false);
  assertEquals(
    evalCondition({}, { $not: reference }, chain(deep, twoMore)),
    false,
  );
});

Deno.test("evalCondition() counts the levels around a saved group too", () => {
  const around = nest(150, (inner) => ({ $and: [inner] }), reference);
  assertEquals(evalCondition({}, around, chain(50)), true);
  assertEquals(evalCondition({}, around, chain(150)), false);
  assertEquals(evalCondition({}, { $not: around }, chain(150)), false);
});

Deno.test("evalCondition() reaches an attribute whose path has 20,000 names", () => {
  let attributes: object = {};
  const names = Array.from({ length: 20_000 }, () => "a");
  for (const name of names) attributes = { [name]: attributes };
  const condition = { [names.join(".")]: { $type: "object" } };
  assertEquals(evalCondition({ ...attributes }, condition), true);
});

const twice = (id: string): Condition => ({
  $and: [{ $savedGroup: { id } }, { $savedGroup: { id } }],
});

Deno.test("evalCondition() follows ten levels of doubled saved groups", () => {
  assertEquals(evalCondition({}, reference, chain(10, twice)), true);
});

// That would be 2^60 groups: what can't be resolved in time is false, too.
Deno.test("evalCondition() is false for 60 levels of doubled saved groups, also under $not", () => {
  assertEquals(evalCondition({}, reference, chain(60, twice)), false);
  assertEquals(evalCondition({}, { $not: reference }, chain(60, twice)), false);
});

// It has no JSON text, and two missing texts are not the same text.
Deno.test("evalCondition() is false for a plain value that is cyclic, also under $not", () => {
  const value: { self?: object } = {};
  value.self = value;
  const condition = malformed<Condition>({ a: value });
  assertEquals(evalCondition({ a: value }, condition), false);
  assertEquals(evalCondition({ a: value }, { $not: condition }), false);
  assertEquals(evalCondition({ a: value }, { a: {} }), false);
});

/** How many levels there may be, and the next even number, under which negations cancel out. */
const most = 256;
const tooMany = 258;

testRows("evalCondition() nests all 256 levels of", wrappers, ([, wrap]) => {
  assertEquals(evalCondition({ a: "x" }, nest(most, wrap)), true);
});

testRows("evalCondition() nests no 258 levels of", wrappers, ([, wrap]) => {
  assertEquals(evalCondition({ a: "x" }, nest(tooMany, wrap)), false);
});

Deno.test("evalCondition() nests no 257 levels", () => {
  const condition = nest(most + 1, (inner) => ({ $and: [inner] }));
  assertEquals(evalCondition({}, condition), false);
});

type Operand = readonly [operator: string, expected: Condition[string]];

/** What holds for `[1]`, with a level of its own for the operand. */
const operands: readonly Operand[] = [
  ["$size", { $size: 1 }],
  ["$all", { $all: [1] }],
  ["$alli", { $alli: [1] }],
  ["$elemMatch with operators", { $elemMatch: { $eq: 1 } }],
  ["$elemMatch with a condition", { $elemMatch: {} }],
  ["$not", { $not: 2 }],
];

testRows(
  "evalCondition() takes 255 levels around the operand of",
  operands,
  ([, expected]) => {
    const condition = nest(most - 1, (inner) => ({ $and: [inner] }), {
      a: expected,
    });
    assertEquals(evalCondition({ a: [1] }, condition), true);
  },
);

testRows(
  "evalCondition() takes no 256 levels around the operand of",
  operands,
  ([, expected]) => {
    const condition = nest(most, (inner) => ({ $and: [inner] }), {
      a: expected,
    });
    assertEquals(evalCondition({ a: [1] }, condition), false);
  },
);

Deno.test("evalCondition() takes no 257 levels around a plain value", () => {
  const around = (levels: number) =>
    nest(levels, (inner) => ({ $and: [inner] }), { a: 1 });
  assertEquals(evalCondition({ a: 1 }, around(most)), true);
  assertEquals(evalCondition({ a: 1 }, around(most + 1)), false);
});

Deno.test("evalCondition() follows a chain of 256 saved groups, and no longer one", () => {
  assertEquals(evalCondition({}, reference, chain(most)), true);
  assertEquals(evalCondition({}, reference, chain(most + 1)), false);
});

Deno.test("evalCondition() resolves 100,000 saved groups, and no more", () => {
  const groups = chain(1);
  const references = new Array<Condition>(100_000).fill(reference);
  assertEquals(evalCondition({}, { $and: references }, groups), true);
  assertEquals(
    evalCondition({}, { $and: [...references, reference] }, groups),
    false,
  );
});
