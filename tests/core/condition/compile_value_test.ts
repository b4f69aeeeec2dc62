import {
  type ConditionRow,
  testConditions,
} from "../../support/evaluation/condition_rows.ts";

const existence: readonly ConditionRow[] = [
  ["$exists true holds for a value", { a: { $exists: true } }, { a: 1 }, true],
  [
    "$exists true holds for a falsy value",
    { a: { $exists: true } },
    { a: 0 },
    true,
  ],
  ["$exists true holds for the empty string", { a: { $exists: true } }, {
    a: "",
  }, true],
  [
    "$exists true holds for false",
    { a: { $exists: true } },
    { a: false },
    true,
  ],
  ["$exists true fails for null", { a: { $exists: true } }, { a: null }, false],
  [
    "$exists true fails for a missing attribute",
    { a: { $exists: true } },
    {},
    false,
  ],
  ["$exists true fails for an own undefined", { a: { $exists: true } }, {
    a: undefined,
  }, false],
  [
    "$exists false holds for a missing attribute",
    { a: { $exists: false } },
    {},
    true,
  ],
  [
    "$exists false holds for null",
    { a: { $exists: false } },
    { a: null },
    true,
  ],
  [
    "$exists false fails for a falsy value",
    { a: { $exists: false } },
    { a: 0 },
    false,
  ],
  ["$exists goes by the truthiness of its operand: 1", { a: { $exists: 1 } }, {
    a: 1,
  }, true],
  [
    "$exists goes by the truthiness of its operand: no",
    { a: { $exists: "no" } },
    {},
    false,
  ],
  [
    "$exists goes by the truthiness of its operand: 0",
    { a: { $exists: 0 } },
    {},
    true,
  ],
  [
    "$exists goes by the truthiness of its operand: null",
    { a: { $exists: null } },
    {},
    true,
  ],
];

const negations: readonly ConditionRow[] = [
  ["$not beneath a path turns operators around", { a: { $not: { $gt: 5 } } }, {
    a: 4,
  }, true],
  ["$not beneath a path fails where they hold", { a: { $not: { $gt: 5 } } }, {
    a: 6,
  }, false],
  [
    "$not beneath a path takes a plain value",
    { a: { $not: "x" } },
    { a: "x" },
    false,
  ],
  ["$not beneath a path takes null", { a: { $not: null } }, {}, false],
  [
    "$not beneath a path holds for a missing attribute",
    { a: { $not: "x" } },
    {},
    true,
  ],
  [
    "$not beneath a path turns around only both",
    { a: { $not: { $gt: 1, $lt: 5 } } },
    { a: 7 },
    true,
  ],
  [
    "$not beneath a path nests",
    { a: { $not: { $not: { $gt: 5 } } } },
    { a: 6 },
    true,
  ],
];

type TypeRow = readonly [type: string, value: unknown];

const types: readonly TypeRow[] = [
  ["string", "x"],
  ["number", 5],
  ["boolean", false],
  ["array", []],
  ["object", {}],
  ["null", null],
  ["undefined", undefined],
];

const typeRows: readonly ConditionRow[] = types.flatMap(([type]) =>
  types.map(([other, value]): ConditionRow => [
    `$type ${type} ${
      type === other ? "holds" : "fails"
    } for a value of type ${other}`,
    { a: { $type: type } },
    { a: value },
    type === other,
  ])
);

const oddTypes: readonly ConditionRow[] = [
  [
    "$type null holds for a missing attribute",
    { a: { $type: "null" } },
    {},
    true,
  ],
  [
    "$type undefined fails for a missing attribute",
    { a: { $type: "undefined" } },
    {},
    false,
  ],
  [
    "$type of an unknown name fails",
    { a: { $type: "date" } },
    { a: "x" },
    false,
  ],
  ["$type of no name fails", { a: { $type: null } }, { a: null }, false],
];

const misplaced: readonly ConditionRow[] = [
  ["an unknown operator fails", { a: { $near: 5 } }, { a: 5 }, false],
  [
    "an unknown operator fails beside one that holds",
    { a: { $gt: 1, $near: 5 } },
    { a: 5 },
    false,
  ],
  ["a lone $ is an unknown operator", { a: { $: 5 } }, { a: 5 }, false],
  [
    "$or beneath an attribute fails",
    { a: { $or: [{ $eq: 5 }] } },
    { a: 5 },
    false,
  ],
  [
    "$or beneath an attribute fails when empty",
    { a: { $or: [] } },
    { a: 5 },
    false,
  ],
  [
    "$and beneath an attribute fails",
    { a: { $and: [{ $eq: 5 }] } },
    { a: 5 },
    false,
  ],
  [
    "$nor beneath an attribute fails",
    { a: { $nor: [{ $eq: 6 }] } },
    { a: 5 },
    false,
  ],
  [
    "$savedGroup beneath an attribute fails",
    { a: { $savedGroup: { id: "g", attributeKey: "a" } } },
    { a: 5 },
    false,
    { g: { type: "list", attributeKey: "a", values: [5] } },
  ],
  [
    "$not over an unknown operator holds for everybody",
    { a: { $not: { $near: 5 } } },
    { a: 5 },
    true,
  ],
  [
    "an operator named as what objects inherit is unknown",
    { a: { $constructor: 5 } },
    { a: 5 },
    false,
  ],
];

testConditions([
  ...existence,
  ...negations,
  ...typeRows,
  ...oddTypes,
  ...misplaced,
]);
