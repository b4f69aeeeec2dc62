import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { evalCondition, paddedVersionString } from "../../../../mod.ts";
import {
  type ConditionRow,
  testConditions,
} from "../../../support/evaluation/condition_rows.ts";
import { testRows } from "../../../support/test_rows.ts";
import { runs } from "../../../support/runs.ts";

type Order = readonly [version: string, operand: string, order: -1 | 0 | 1];

const orders: readonly Order[] = [
  ["1.2.3", "1.2.3", 0],
  ["v1.2.3", "1.2.3", 0],
  ["1.2.3+build.5", "1.2.3", 0],
  ["1.2.3", "1.2.4", -1],
  ["1.9.0", "1.10.0", -1],
  ["2.0.0", "1.99.99", 1],
  ["2.0.0-rc.1", "2.0.0", -1],
  ["2.0.0-rc.2", "2.0.0-rc.10", -1],
  ["2.0.0-alpha", "2.0.0-beta", -1],
  // Two parts get no fourth, which makes them differ from three.
  ["1.0", "1.0.0", -1],
  ["1.0.0.0", "1.0.0", -1],
  ["1.0.0-~", "1.0.0", 0],
  ["1.0.", "1.0.0", 1],
  ["1.0.a", "1.0.0", 1],
  ["123456.0.0", "99999.0.0", -1],
];

const operators: readonly (readonly [string, (order: number) => boolean])[] = [
  ["$veq", (order) => order === 0],
  ["$vne", (order) => order !== 0],
  ["$vlt", (order) => order < 0],
  ["$vlte", (order) => order <= 0],
  ["$vgt", (order) => order > 0],
  ["$vgte", (order) => order >= 0],
];

testConditions(
  operators.flatMap(([operator, holds]) =>
    orders.flatMap(([version, operand, order]): ConditionRow[] => [
      [
        `${operator} ${operand} ${
          holds(order) ? "holds" : "fails"
        } for ${version}`,
        { a: { [operator]: operand } },
        { a: version },
        holds(order),
      ],
    ])
  ),
);

testConditions([
  ["$veq takes a missing attribute as 0", { a: { $veq: "0" } }, {}, true],
  [
    "$vlt 1.0.0 holds for a missing attribute",
    { a: { $vlt: "1.0.0" } },
    {},
    true,
  ],
  [
    "$veq takes a number as its string",
    { a: { $veq: "1.5" } },
    { a: 1.5 },
    true,
  ],
  ["$veq takes a number as operand", { a: { $veq: 1.5 } }, { a: "1.5" }, true],
  ["$veq takes an array as 0", { a: { $veq: 0 } }, { a: ["1.2.3"] }, true],
  [
    "$veq takes an object as operand for 0",
    { a: { $veq: {} } },
    { a: "0" },
    true,
  ],
  ["$veq takes the empty string as 0", { a: { $veq: "" } }, { a: "0" }, true],
  ["$veq takes true as 0", { a: { $veq: "0" } }, { a: true }, true],
]);

// Versions that are nearly ones, so that comparisons get past their first part.
const version = fc.array(
  fc.constantFrom(
    "1",
    "2",
    "10",
    "0",
    "rc",
    "",
    "a",
    "123456",
    "~",
    " ",
    "v",
    "V",
    "é",
    "+b",
    "\n",
  ),
  { maxLength: 5 },
).chain((parts) =>
  fc.array(fc.constantFrom(".", "-"), { minLength: 5, maxLength: 5 }).map((
    separators,
  ) =>
    parts.map((part, index) =>
      part + (index + 1 < parts.length ? separators[index] : "")
    ).join("")
  )
);

testRows(
  "evalCondition() always compares padded versions as strings with",
  operators,
  ([operator, holds]) => {
    fc.assert(
      fc.property(version, version, (actual, operand) => {
        const left = paddedVersionString(actual);
        const right = paddedVersionString(operand);
        const order = left < right ? -1 : left > right ? 1 : 0;
        assertEquals(
          evalCondition({ a: actual }, { a: { [operator]: operand } }),
          holds(order),
          JSON.stringify([actual, operand]),
        );
      }),
      runs(500),
    );
  },
);
