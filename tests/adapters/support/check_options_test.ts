import { assertThrows } from "@std/assert";
import { checkOptions } from "../../../adapters/support/check_options.ts";

const known = {
  any: "any",
  flag: "boolean",
  call: "function",
  part: "object",
  name: "text",
  names: "texts",
  amount: "amount",
  bound: "bound",
  count: "count",
  clock: "clock",
  time: "time",
} as const;

function check(options: unknown): void {
  checkOptions<{ readonly [Name in keyof typeof known]?: unknown }>(
    "do it",
    options as Record<never, unknown>,
    known,
  );
}

Deno.test("checkOptions() takes what fits, and what is undefined", () => {
  check({});
  check(
    Object.fromEntries(Object.keys(known).map((name) => [name, undefined])),
  );
  check({
    any: Symbol(),
    flag: false,
    call: () => {},
    part: {},
    name: "",
    names: ["a"],
    amount: 0,
    bound: Infinity,
    count: 1,
    clock: { now: () => 0, setTimer: () => () => {} },
    time: { now: () => 0, monotonic: () => 0 },
  });
  check({ count: Infinity });
});

Deno.test("checkOptions() names the option and its value", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [
      { flag: "yes" },
      'flag should be true or false, the current value is "yes"',
    ],
    [{ call: 7 }, "call should be a function, the current value is 7"],
    [{ part: null }, "part should be an object, the current value is null"],
    [{ name: {} }, "name should be a text, the current value is an object"],
    [
      { names: "a" },
      'names should be a list of texts, the current value is "a"',
    ],
    [
      { names: [7] },
      "names should be a list of texts, the current value is an",
    ],
    [
      { amount: -1 },
      "amount should be a number from 0 on, the current value is",
    ],
    [{ amount: NaN }, "number from 0 on, the current value is NaN"],
    [{ bound: 0 }, "bound should be a number above 0, the current value is 0"],
    [{ bound: "5s" }, 'a number above 0, the current value is "5s"'],
    [{ count: 2.5 }, "count should be a whole number above 0, the current"],
    [{ count: 0 }, "a whole number above 0, the current value is 0"],
    [{ count: NaN }, "a whole number above 0, the current value is NaN"],
    [{ clock: {} }, "clock should be a clock, { now, setTimer }, the current"],
    [{ clock: { now: Date.now } }, "should be a clock, { now, setTimer }"],
    [{ time: null }, "time should be a clock, { now }, the current value is"],
    [
      { time: { now: Date.now, monotonic: 0 } },
      "time should be a clock, { now }, the current value is an object",
    ],
    [{ falg: true }, 'there is no option "falg"'],
    [{ toString: 1 }, 'there is no option "toString"'],
  ];
  for (const [options, message] of wrong) {
    const isRange = ["amount", "bound", "count"].some((name) =>
      name in options
    );
    const error = assertThrows(
      () => check(options),
      isRange ? RangeError : TypeError,
      message,
    );
    if (!(error as Error).message.startsWith("Cannot do it: ")) throw error;
  }
});

Deno.test("checkOptions() refuses options that are no object", () => {
  for (const options of [null, 7, "x", () => {}]) {
    assertThrows(
      () => check(options),
      TypeError,
      "Cannot do it: options should be an object, the current value is",
    );
  }
});
