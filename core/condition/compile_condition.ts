import { isObject, readOwn } from "../support/read_own.ts";
import { compileValue } from "./compile_value.ts";
import {
  failWith,
  malformedCondition,
  maxConditionDepth,
  tooDeep,
} from "./condition_faults.ts";
import type { Test } from "./condition_scope.ts";
import { joinTests } from "./join_tests.ts";
import { listConditions, ownProperty } from "./list_conditions.ts";
import { compilePath } from "./read_path.ts";
import { compileSavedGroup } from "./saved_group.ts";

// Conditions are immutable by contract and compile the same each time, so this can't be seen.
const compiledConditions = /* @__PURE__ */ new WeakMap<object, Test>();

/**
 * Compiles a condition into a test of records, once for each object. Whatever is given compiles;
 * what can't be evaluated ends in a fault when the test reaches it.
 */
export function compileCondition(condition: unknown): Test {
  if (!isObject(condition)) return compileAtDepth(condition, 0);
  const known = compiledConditions.get(condition);
  if (known !== undefined) return known;
  const test = compileAtDepth(condition, 0);
  compiledConditions.set(condition, test);
  return test;
}

function compileAtDepth(condition: unknown, depth: number): Test {
  if (depth > maxConditionDepth) return failWith(tooDeep);
  if (condition === null || condition === undefined) {
    return failWith(malformedCondition);
  }
  const tests = Object.entries(condition).map(([key, operand]) =>
    compileEntry(key, operand, depth)
  );
  return joinTests(tests, false);
}

function compileEntry(key: string, operand: unknown, depth: number): Test {
  switch (key) {
    case "$or":
      return compileAny(operand, depth);
    case "$nor":
      return negate(compileAny(operand, depth));
    case "$and":
      return joinTests(compileList(operand, depth), false);
    case "$not":
      return negate(compileAtDepth(operand, depth + 1));
    case "$savedGroup":
      return compileSavedGroup(operand, depth, compileCondition);
  }
  const passes = compileValue(operand, compileAtDepth, depth);
  const read = compilePath(key);
  // A plain name is read on the spot, which spares the most frequent of all calls.
  return key.includes(".")
    ? (record, scope) => passes(read(record), scope)
    : (record, scope) => passes(readOwn(record, key), scope);
}

// Nothing to choose from leaves everybody in, unless it has a length that is no length.
function compileAny(operand: unknown, depth: number): Test {
  const tests = compileList(operand, depth);
  return tests.length > 0 || ownProperty(operand, "length")
    ? joinTests(tests, true)
    : () => true;
}

function compileList(operand: unknown, depth: number): readonly Test[] {
  return listConditions(operand).map((entry) =>
    compileAtDepth(entry, depth + 1)
  );
}

function negate(test: Test): Test {
  return (record, scope) => !test(record, scope);
}
