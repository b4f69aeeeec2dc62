import { malformed } from "../../../support/malformed.ts";
import {
  type ConditionRow,
  testConditions,
} from "../../../support/evaluation/condition_rows.ts";

const identity: readonly ConditionRow[] = [
  ["$eq holds for the same value", { a: { $eq: 5 } }, { a: 5 }, true],
  ["$eq minds type", { a: { $eq: 5 } }, { a: "5" }, false],
  ["$eq null holds for a missing attribute", { a: { $eq: null } }, {}, true],
  ["$eq 0 fails for a missing attribute", { a: { $eq: 0 } }, {}, false],
  ["$eq false fails for 0", { a: { $eq: false } }, { a: 0 }, false],
  ["$eq fails for an equal array, which is another", { a: { $eq: [1] } }, {
    a: [1],
  }, false],
  [
    "$eq fails for an equal object, which is another",
    { a: { $eq: { b: 1 } } },
    { a: { b: 1 } },
    false,
  ],
  ["$ne fails for the same value", { a: { $ne: 5 } }, { a: 5 }, false],
  ["$ne minds type", { a: { $ne: 5 } }, { a: "5" }, true],
  ["$ne holds for a missing attribute", { a: { $ne: 5 } }, {}, true],
  ["$ne null fails for a missing attribute", { a: { $ne: null } }, {}, false],
  ["$ne holds for an equal array, which is another", { a: { $ne: [1] } }, {
    a: [1],
  }, true],
];

const numbers: readonly ConditionRow[] = [
  ["$lt holds below", { a: { $lt: 5 } }, { a: 4 }, true],
  ["$lt fails at the bound", { a: { $lt: 5 } }, { a: 5 }, false],
  ["$lt fails above", { a: { $lt: 5 } }, { a: 6 }, false],
  ["$lte holds below", { a: { $lte: 5 } }, { a: 4 }, true],
  ["$lte holds at the bound", { a: { $lte: 5 } }, { a: 5 }, true],
  ["$lte fails above", { a: { $lte: 5 } }, { a: 6 }, false],
  ["$gt holds above", { a: { $gt: 5 } }, { a: 6 }, true],
  ["$gt fails at the bound", { a: { $gt: 5 } }, { a: 5 }, false],
  ["$gt fails below", { a: { $gt: 5 } }, { a: 4 }, false],
  ["$gte holds above", { a: { $gte: 5 } }, { a: 6 }, true],
  ["$gte holds at the bound", { a: { $gte: 5 } }, { a: 5 }, true],
  ["$gte fails below", { a: { $gte: 5 } }, { a: 4 }, false],
  [
    "every operator must hold: all do",
    { a: { $gt: 1, $lt: 5 } },
    { a: 3 },
    true,
  ],
  ["every operator must hold: the first fails", { a: { $gt: 1, $lt: 5 } }, {
    a: 1,
  }, false],
  ["every operator must hold: the last fails", { a: { $gt: 1, $lt: 5 } }, {
    a: 5,
  }, false],
];

const coercions: readonly ConditionRow[] = [
  ["$gte 0 holds for a missing attribute", { a: { $gte: 0 } }, {}, true],
  ["$lte 0 holds for a missing attribute", { a: { $lte: 0 } }, {}, true],
  ["$gt 0 fails for a missing attribute", { a: { $gt: 0 } }, {}, false],
  ["$lt 1 holds for a missing attribute", { a: { $lt: 1 } }, {}, true],
  ["$gt -1 holds for null", { a: { $gt: -1 } }, { a: null }, true],
  ["$gte 0 fails for an own attribute that is undefined", { a: { $gte: 0 } }, {
    a: undefined,
  }, false],
  ["a string compares with a number as a number", { a: { $gt: 9 } }, {
    a: "10",
  }, true],
  ["a number compares with a string as a number", { a: { $gt: "9" } }, {
    a: 10,
  }, true],
  ["two strings compare as strings", { a: { $gt: "9" } }, { a: "10" }, false],
  ["two strings compare by code unit", { a: { $lt: "a" } }, { a: "Z" }, true],
  ["dates as text compare in order", { a: { $lt: "2024-02-01" } }, {
    a: "2024-01-31",
  }, true],
  [
    "a string that is no number is not less",
    { a: { $lt: 5 } },
    { a: "x" },
    false,
  ],
  [
    "a string that is no number is not greater",
    { a: { $gte: 5 } },
    { a: "x" },
    false,
  ],
  ["true compares as 1", { a: { $gte: 1 } }, { a: true }, true],
  [
    "an array of one number compares as it",
    { a: { $gt: 4 } },
    { a: [5] },
    true,
  ],
  [
    "an array of two numbers compares as text, which is no number",
    { a: { $gt: 4 } },
    { a: [5, 6] },
    false,
  ],
  ["an object compares with no number", { a: { $gte: 0 } }, { a: {} }, false],
  ["a null operand counts as 0", { a: { $gte: null } }, { a: 0 }, true],
  [
    "a boolean operand counts as a number",
    { a: { $lt: true } },
    { a: 0 },
    true,
  ],
  [
    "an array operand compares as its text",
    { a: { $gt: [4] } },
    { a: 5 },
    true,
  ],
];

testConditions([...identity, ...numbers, ...coercions]);

const incomparable: readonly ConditionRow[] = [
  "$lt",
  "$lte",
  "$gt",
  "$gte",
].flatMap((operator) => {
  const condition = { a: { [operator]: 1 } };
  const attributes = { a: malformed<string>(Object.create(null)) };
  return [
    [
      `${operator} fails for what can't become a primitive`,
      condition,
      attributes,
      false,
    ],
    [
      `$not holds for what can't become a primitive, where ${operator} fails`,
      { $not: condition },
      attributes,
      true,
    ],
  ] as const;
});

testConditions(incomparable);
