import { isObject } from "../../support/read_own.ts";
import { tooDeep } from "../condition_faults.ts";
import type { ConditionScope, Test } from "../condition_scope.ts";
import {
  calls,
  complete,
  instruct,
  type Instructions,
} from "../instruction.ts";
import { isOperatorObject } from "../is_operator_object.ts";
import { passAll } from "../pass_all.ts";
import { toJson, toNumber, toText } from "../primitives.ts";
import type { NestedCompiler, OperatorCompiler } from "./operator_compiler.ts";

/** How many objects of operators may look at any number of elements. */
const manyOperands = 16;

/** How many elements many objects of operators may look at, all of them together. */
const maxElementTests = 1_000_000;

/** `$all`: each operand is matched by some element. */
export const all: OperatorCompiler = (operand, nested) =>
  instruct(calls, compileAll(operand, false, nested));

/** `$alli`: the same, where strings compare in lower case. */
export const allFolded: OperatorCompiler = (operand, nested) =>
  instruct(calls, compileAll(operand, true, nested));

/**
 * Plain values are looked up, by their type, so that two long lists take no longer than both
 * together. Objects of operators have to try the elements, each of them once; where they are so
 * many that this would take long, the condition counts as too deep.
 */
function compileAll(
  operand: unknown,
  folds: boolean,
  { value, isTooDeep }: NestedCompiler,
): Test {
  if (!Array.isArray(operand)) return () => false;
  const wanted = distinct(operand).map((entry): Lookup | Test =>
    (isTooDeep ? null : lookupOf(entry, folds)) ??
      tryWith(complete(value(entry)))
  );
  const trials = wanted.filter((entry) => typeof entry === "function").length;
  return (actual, scope) => {
    if (!Array.isArray(actual)) return false;
    if (trials > manyOperands && trials * actual.length > maxElementTests) {
      throw tooDeep;
    }
    const keys: ElementKeys = new Map();
    return wanted.every((entry) => {
      if (typeof entry === "function") {
        return actual.some((element) => entry(element, scope));
      }
      return gather(actual, entry.keyOf, keys).has(entry.key);
    });
  };
}

function tryWith(instructions: Instructions): Test {
  return (element: unknown, scope: ConditionScope) =>
    passAll(instructions, element, scope);
}

/** A plain operand: an element matches where it has the same key. */
interface Lookup {
  readonly key: unknown;
  readonly keyOf: (element: unknown) => unknown;
}

/** The keys of an array's elements, by what gives them. */
type ElementKeys = Map<Lookup["keyOf"], ReadonlySet<unknown>>;

/** Tells how an operand is looked up; null where the elements have to be tried. */
function lookupOf(entry: unknown, folds: boolean): Lookup | null {
  if (typeof entry === "string") {
    const keyOf = folds ? toFoldedText : toText;
    return { key: keyOf(entry), keyOf };
  }
  // What is no number equals nothing, and a set would find it.
  if (typeof entry === "number" && !Number.isNaN(entry)) {
    return { key: entry, keyOf: toNumber };
  }
  if (!isObject(entry) || isOperatorObject(entry)) return null;
  const key = toJson(entry);
  return key === null ? null : { key, keyOf: toObjectJson };
}

function gather(
  elements: readonly unknown[],
  keyOf: Lookup["keyOf"],
  known: ElementKeys,
): ReadonlySet<unknown> {
  let keys = known.get(keyOf);
  if (keys === undefined) {
    const gathered = new Set<unknown>();
    // Not by `map`, whose result would have a key for what isn't there.
    elements.forEach((element) => gathered.add(keyOf(element)));
    known.set(keyOf, keys = gathered);
  }
  return keys;
}

// Equal operands ask for the same. Of objects, only those of operators are worth finding them.
function distinct(operands: readonly unknown[]): readonly unknown[] {
  const entries = new Map<unknown, unknown>();
  operands.forEach((entry) => {
    const key = isOperatorObject(entry) ? toJson(entry) : null;
    entries.set(key === null ? entry : `{}${key}`, entry);
  });
  return [...entries.values()];
}

function toFoldedText(value: unknown): string | null {
  return toText(value)?.toLowerCase() ?? null;
}

function toObjectJson(value: unknown): string | null {
  return isObject(value) ? toJson(value) : null;
}
