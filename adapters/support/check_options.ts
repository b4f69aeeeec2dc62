import { showValue } from "../../core/payload/read/show_value.ts";
import { isKeyOf, isObject } from "../../core/support/read_own.ts";

/**
 * What an option may be: `amount` is a number from 0 on, `bound` one above it, `count` a whole one above it, all
 * without end. `clock` tells the time and sets timers, `time` only tells it.
 */
export type OptionKind =
  | "any"
  | "boolean"
  | "function"
  | "object"
  | "text"
  | "texts"
  | "amount"
  | "bound"
  | "count"
  | "clock"
  | "time";

/** What is needed, in words and as a test. */
type Need = readonly [words: string, fits: (value: unknown) => boolean];

const needs: { readonly [Kind in OptionKind]: Need } = {
  any: ["", () => true],
  boolean: ["true or false", (value) => typeof value === "boolean"],
  function: ["a function", (value) => typeof value === "function"],
  object: ["an object", isObject],
  text: ["a text", isText],
  texts: [
    "a list of texts",
    (value) => Array.isArray(value) && value.every(isText),
  ],
  amount: [
    "a number from 0 on",
    (value) => typeof value === "number" && value >= 0,
  ],
  bound: [
    "a number above 0",
    (value) => typeof value === "number" && value > 0,
  ],
  count: [
    "a whole number above 0",
    (value) =>
      Number.isInteger(value) && Number(value) > 0 || value === Infinity,
  ],
  clock: [
    "a clock, { now, setTimer }",
    (value) => isClock(value) && typeof value["setTimer"] === "function",
  ],
  time: ["a clock, { now }", isClock],
};

const numbers: readonly OptionKind[] = ["amount", "bound", "count"];

/** What each of some options may be; one that is forgotten does not compile. */
export type OptionKinds<Options extends object> = {
  readonly [Name in keyof Required<Options>]: OptionKind;
};

/**
 * Refuses options that can't be meant, where types don't stop them: a name that is none, which would count for
 * nothing, and values of another kind. `task` is what can't be done with them. Throws a `TypeError`, or a
 * `RangeError` for a number that is out of range.
 *
 * @example
 * ```ts
 * import { checkOptions } from "./check_options.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const check = (options: object) =>
 *   checkOptions("open the log", options, { readOnly: "boolean", pollInterval: "bound" });
 * check({ readOnly: true });
 * assertThrows(
 *   () => check({ readonly: true }),
 *   TypeError,
 *   'Cannot open the log: there is no option "readonly"',
 * );
 * assertThrows(
 *   () => check({ pollInterval: "5s" }),
 *   RangeError,
 *   'Cannot open the log: pollInterval should be a number above 0, the current value is "5s"',
 * );
 * ```
 */
export function checkOptions<Options extends object>(
  task: string,
  options: Options,
  known: OptionKinds<Options>,
): void {
  checkObject(task, options);
  for (const [name, value] of Object.entries(options)) {
    if (!isKeyOf(known, name)) {
      throw new TypeError(`Cannot ${task}: there is no option "${name}"`);
    }
    const kind = known[name];
    const [needed, fits] = needs[kind];
    if (value === undefined || fits(value)) continue;
    const Refusal = numbers.includes(kind) ? RangeError : TypeError;
    throw new Refusal(
      `Cannot ${task}: ${name} should be ${needed}, the current value is ${
        showValue(value)
      }`,
    );
  }
}

/** Refuses options that are no object, such as null, before anything is read of them: throws a `TypeError`. */
export function checkObject(task: string, options: unknown): void {
  if (isObject(options)) return;
  throw new TypeError(
    `Cannot ${task}: options should be an object, the current value is ${
      showValue(options)
    }`,
  );
}

function isClock(
  value: unknown,
): value is { readonly [name: string]: unknown } {
  if (!isObject(value) || typeof value["now"] !== "function") return false;
  return ["undefined", "function"].includes(typeof value["monotonic"]);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
