import { passesEvery } from "./passes_every.ts";
import { compileValue } from "./compile_value.ts";
import {
  failWith,
  malformedCondition,
  maxConditionDepth,
  tooDeep,
} from "./condition_faults.ts";
import type {
  AttributeNode,
  ConditionCompiler,
  ConditionNode,
  ConditionScope,
  LogicalNode,
} from "./condition_node.ts";
import { compilePath } from "./read_path.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import { compileSavedGroup } from "./saved_group.ts";

// Conditions are immutable by contract and compile the same each time, so this can't be seen.
const compiledConditions = /* @__PURE__ */ new WeakMap<object, ConditionNode>();

const compiler: ConditionCompiler = {
  condition: compileAtDepth,
  value: (expected, depth) => compileValue(expected, compiler, depth),
};

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
  return nodes.length === 1 ? nodes[0]! : conjunction(condition, nodes);
}

function compileEntry(
  key: string,
  operand: unknown,
  depth: number,
): ConditionNode {
  switch (key) {
    case "$or":
      return disjunction(operand, compileList(operand, depth));
    case "$nor":
      return negation(
        "$nor",
        operand,
        disjunction(operand, compileList(operand, depth)),
      );
    case "$and":
      return conjunction(operand, compileList(operand, depth));
    case "$not":
      return negation("$not", operand, compileAtDepth(operand, depth + 1));
    case "$savedGroup":
      return compileSavedGroup(operand, depth, compileCondition);
    default:
      return compileAttribute(key, operand, depth);
  }
}

function compileAttribute(
  path: string,
  expected: unknown,
  depth: number,
): AttributeNode {
  const read = compilePath(path);
  const tests = compileValue(expected, compiler, depth);
  const passes = passesEvery(tests);
  // A plain name is read on the spot, which spares the most frequent of all calls.
  const test: AttributeNode["test"] = path.includes(".")
    ? (record, scope) => passes(read(record), scope)
    : (record, scope) => passes(readOwn(record, path), scope);
  return { kind: "attribute", path, read, tests, test };
}

function conjunction(
  operand: unknown,
  children: readonly ConditionNode[],
): LogicalNode {
  return logical("$and", operand, children, passesEvery(children));
}

function disjunction(
  operand: unknown,
  children: readonly ConditionNode[],
): LogicalNode {
  const none = isEmptyList(operand);
  return logical("$or", operand, children, (record, scope) => {
    for (let index = 0; index < children.length; index++) {
      if (children[index]!.test(record, scope)) return true;
    }
    return none;
  });
}

function negation(
  operator: "$not" | "$nor",
  operand: unknown,
  child: ConditionNode,
): LogicalNode {
  return logical(
    operator,
    operand,
    [child],
    (record, scope) => !child.test(record, scope),
  );
}

function faulty(condition: unknown, reason: Error): LogicalNode {
  return logical("$and", condition, [], failWith(reason));
}

function logical(
  operator: string,
  operand: unknown,
  children: readonly ConditionNode[],
  test: (record: unknown, scope: ConditionScope) => boolean,
): LogicalNode {
  return { kind: "logical", operator, operand, children, test };
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
    const name = String(index);
    const isThere = Object.hasOwn(Object(operand), name);
    const entry = isThere
      ? (operand as Record<string, unknown>)[name]
      : undefined;
    nodes.push(compileAtDepth(entry, depth + 1));
    if (!isThere) break;
  }
  return nodes;
}

function isEmptyList(operand: unknown): boolean {
  return operand !== null && operand !== undefined && !lengthOf(operand);
}

function lengthOf(operand: unknown): unknown {
  return Object.hasOwn(Object(operand), "length")
    ? (operand as { readonly length: unknown }).length
    : undefined;
}
