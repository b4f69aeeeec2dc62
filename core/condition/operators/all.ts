import { getOrMake } from "../../support/get_or_make.ts";
import { isList } from "../../support/is_list.ts";
import { isObject } from "../../support/read_own.ts";
import { maxConditionDepth, tooDeep } from "../condition_faults.ts";
import {
  calls,
  complete,
  instruct,
  type Instructions,
  never,
} from "../instruction.ts";
import { isOperatorObject } from "../is_operator_object.ts";
import { passAll } from "../pass_all.ts";
import { toJson, toNumber, toText } from "../primitives.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** How many objects of operators may look at any number of elements. */
const manyOperands = 16;

/** How many elements many objects of operators may look at, all of them together. */
const maxElementTests = 1_000_000;

/** `$all`: each operand is matched by some element. */
export const all: OperatorCompiler = /* @__PURE__ */ matchAll(toText);

/** `$alli`: the same, where strings compare in lower case. */
export const allFolded: OperatorCompiler = /* @__PURE__ */ matchAll(
  (value) => toText(value)?.toLowerCase() ?? null,
);

/**
 * Plain values are looked up, by their type, so that two long lists take no longer than both
 * together. Objects of operators have to try the elements, each of them once; where they are so
 * many that this would take long, the condition counts as too deep.
 */
function matchAll(textOf: KeyOf): OperatorCompiler {
  return (operand, { value, depth }) => {
    if (!isList(operand)) return never;
    const distinct = new Map<unknown, Wanted>();
    operand.forEach((entry) => {
      // Equal operands ask for the same. Of objects, only those of operators are worth finding them.
      const json = isOperatorObject(entry) ? toJson(entry) : null;
      getOrMake(distinct, json === null ? entry : `{}${json}`, () => {
        const keyOf = depth < maxConditionDepth
          ? findKeyOf(entry, textOf)
          : null;
        return keyOf === null
          ? { keyOf, test: complete(value(entry)) }
          : { keyOf, key: keyOf(entry) };
      });
    });
    const wanted = [...distinct.values()];
    const trials = wanted.filter(({ keyOf }) => keyOf === null).length;
    return instruct(calls, (actual, scope) => {
      if (!isList(actual)) return false;
      if (trials > manyOperands && trials * actual.length > maxElementTests) {
        throw tooDeep;
      }
      const known = new Map<KeyOf, Set<unknown>>();
      return wanted.every(({ keyOf, key, test }) =>
        keyOf === null
          ? actual.some((element) => passAll(test, element, scope))
          : getOrMake(known, keyOf, (keyOf) => keysOf(actual, keyOf)).has(key)
      );
    });
  };
}

/** Gives the key of a value: an element matches a plain operand that has the same. */
type KeyOf = (value: unknown) => unknown;

/** What an operand asks for: a key among those of the elements, or a test to try on them. */
interface Wanted {
  readonly keyOf: KeyOf | null;
  readonly key?: unknown;
  readonly test?: Instructions;
}

/** Tells how an operand is looked up; null where the elements have to be tried. */
function findKeyOf(entry: unknown, textOf: KeyOf): KeyOf | null {
  if (typeof entry === "string") return textOf;
  // What is no number equals nothing, and a set would find it.
  if (typeof entry === "number") return Number.isNaN(entry) ? null : toNumber;
  return !isOperatorObject(entry) && toObjectJson(entry) ? toObjectJson : null;
}

// Not by `map`, whose result would have a key for what isn't there.
function keysOf(elements: readonly unknown[], keyOf: KeyOf): Set<unknown> {
  const keys = new Set();
  elements.forEach((element) => keys.add(keyOf(element)));
  return keys;
}

function toObjectJson(value: unknown): string | null {
  return isObject(value) ? toJson(value) : null;
}
