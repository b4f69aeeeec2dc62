import { assertThrows } from "@std/assert";
import { compileCondition } from "../../../core/condition/compile_condition.ts";
import { startScope } from "../../../core/condition/condition_scope.ts";
import { passAll } from "../../../core/condition/pass_all.ts";

function fails(condition: unknown, record: unknown, reason: string): void {
  const test = compileCondition(condition);
  assertThrows(
    () => passAll(test, record, startScope(undefined)),
    TypeError,
    reason,
  );
}

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

const malformed: readonly (readonly [name: string, condition: unknown])[] = [
  ["null", null],
  ["undefined", undefined],
  ["$or over null", { $or: null }],
  ["$and over null", { $and: null }],
  ["$nor over null", { $nor: null }],
  ["$not over null", { $not: null }],
  ["$and with null", { $and: [null] }],
  ["$elemMatch over null", { a: { $elemMatch: null } }],
  ["$elemMatch over undefined", { a: { $elemMatch: undefined } }],
  ["$lt over a symbol", { a: { $lt: Symbol() } }],
  ["a cyclic value", { a: cyclic }],
];

for (const [name, condition] of malformed) {
  Deno.test(`a condition fails as malformed for ${name}`, () => {
    fails(condition, { a: [] }, "badCondition");
  });
}

/** Puts a condition into itself a number of times, and a value into its operators. */
function nest(
  levels: number,
  wrap: (inner: unknown) => object,
  innermost: unknown = {},
): unknown {
  let condition = innermost;
  for (let level = 0; level < levels; level++) condition = wrap(condition);
  return condition;
}

const tooDeep: readonly (readonly [name: string, condition: unknown])[] = [
  ["conditions", nest(257, (inner) => ({ $not: inner }))],
  ["lists of conditions", nest(257, (inner) => ({ $and: [inner] }))],
  ["operators", { a: nest(257, (inner) => ({ $not: inner }), 1) }],
  [
    "conditions on elements",
    nest(257, (inner) => ({ a: { $elemMatch: inner } })),
  ],
];

for (const [name, condition] of tooDeep) {
  Deno.test(`a condition fails as too deep for 257 levels of ${name}`, () => {
    let record: unknown = {};
    for (let level = 0; level < 300; level++) record = { a: [record] };
    fails(condition, record, "tooDeep");
  });
}
