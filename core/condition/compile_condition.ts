import { passesAny, passesEvery, type Test } from "./passes_every.ts";
import { compileValue } from "./compile_value.ts";
import {
  failWith,
  malformedCondition,
  maxConditionDepth,
  tooDeep,
} from "./condition_faults.ts";
import type { ConditionNode, LogicalNode } from "./condition_node.ts";
import { compilePath } from "./read_path.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import { compileSavedGroup } from "./saved_group.ts";

// Conditions are immutable by contract and compile the same each time, so this can't be seen.
const compiledConditions = /* @__PURE__ */ new WeakMap<object, ConditionNode>();

/**
 * Compiles a condition, once for each object. Whatever is given compiles; what can't be evaluated
 * ends in a fault when a test reaches it.
 */
export function compileCondition(condition: unknown): ConditionNode {
  if (!isObject(condition)) return compileAtDepth(condition, 0);
  const known = compiledConditions.get(condition);
  if (known !== undefined) return known;
  const node = compileAtDepth(condition, 0);
  compiledConditions.set(condition, node);
  return node;
}

function compileAtDepth(condition: unknown, depth: number): ConditionNode {
  if (depth > maxConditionDepth) return faulty(condition, tooDeep);
  if (condition === null || condition === undefined) {
    return faulty(condition, malformedCondition);
  }
  const nodes = Object.entries(condition).map(([key, operand]) =>
    compileEntry(key, operand, depth)
  );
  return nodes.length === 1
    ? nodes[0]!
    : logical("$and", condition, passesEvery(nodes), nodes);
}

function compileEntry(
  key: string,
  operand: unknown,
  depth: number,
): ConditionNode {
  switch (key) {
    case "$or":
      return disjunction(operand, depth);
    case "$nor":
      return negation(key, operand, disjunction(operand, depth));
    case "$and": {
      const nodes = compileList(operand, depth);
      return logical(key, operand, passesEvery(nodes), nodes);
    }
    case "$not":
      return negation(key, operand, compileAtDepth(operand, depth + 1));
    case "$savedGroup": {
      const test = compileSavedGroup(operand, depth, compileCondition);
      return logical(key, operand, test);
    }
  }
  const tests = compileValue(operand, compileAtDepth, depth);
  const passes = passesEvery(tests);
  const read = compilePath(key);
  // A plain name is read on the spot, which spares the most frequent of all calls.
  const test: ConditionNode["test"] = key.includes(".")
    ? (record, scope) => passes(read(record), scope)
    : (record, scope) => passes(readOwn(record, key), scope);
  return { path: key, tests, test };
}

function disjunction(operand: unknown, depth: number): LogicalNode {
  const nodes = compileList(operand, depth);
  const none = operand !== null && operand !== undefined && !lengthOf(operand);
  const passes = passesAny(nodes);
  return logical("$or", operand, none ? () => true : passes, nodes);
}

function negation(
  operator: string,
  operand: unknown,
  child: ConditionNode,
): LogicalNode {
  const { test } = child;
  const passes: Test = (record, scope) => !test(record, scope);
  return logical(operator, operand, passes, [child]);
}

function faulty(condition: unknown, reason: Error): LogicalNode {
  return logical("$and", condition, failWith(reason));
}

function logical(
  operator: string,
  operand: unknown,
  test: Test,
  children: readonly ConditionNode[] = [],
): LogicalNode {
  return { operator, operand, children, test };
}

// Where a list of conditions should stand, anything is read as JavaScript would index it: a text
// by its characters, an object by its own `length`. A missing entry is a malformed condition.
function compileList(
  operand: unknown,
  depth: number,
): readonly ConditionNode[] {
  if (operand === null || operand === undefined) {
    return [faulty(operand, malformedCondition)];
  }
  const length = lengthOf(operand);
  const nodes: ConditionNode[] = [];
  for (let index = 0; index < (length as number); index++) {
    const entry = ownProperty(operand, String(index));
    nodes.push(compileAtDepth(entry, depth + 1));
    if (entry === undefined) break;
  }
  return nodes;
}

function lengthOf(operand: unknown): unknown {
  return ownProperty(operand, "length");
}

function ownProperty(operand: unknown, name: string): unknown {
  return Object.hasOwn(Object(operand), name)
    ? (operand as Record<string, unknown>)[name]
    : undefined;
}
