import {
  type ConditionRow,
  testConditions,
} from "../../support/evaluation/condition_rows.ts";

const strings: readonly ConditionRow[] = [
  ["a string equals the same string", { a: "x" }, { a: "x" }, true],
  ["a string minds case", { a: "x" }, { a: "X" }, false],
  ["a string equals a number's text", { a: "5" }, { a: 5 }, true],
  [
    "a string differs from a number's other spelling",
    { a: "5.0" },
    { a: 5 },
    false,
  ],
  ["a string equals a boolean's text", { a: "true" }, { a: true }, true],
  ["a string equals an array's text", { a: "1,2" }, { a: [1, 2] }, true],
  [
    "a string equals an object's text",
    { a: "[object Object]" },
    { a: {} },
    true,
  ],
  ["a string equals null's text", { a: "null" }, { a: null }, true],
  ["the string null equals a missing attribute", { a: "null" }, {}, true],
  ["an own attribute that is undefined is not null's text", { a: "null" }, {
    a: undefined,
  }, false],
  ["an own attribute that is undefined has its own text", { a: "undefined" }, {
    a: undefined,
  }, true],
  ["the empty string equals an empty array", { a: "" }, { a: [] }, true],
  ["the empty string differs from a missing attribute", { a: "" }, {}, false],
];

const numbers: readonly ConditionRow[] = [
  ["a number equals the same number", { a: 5 }, { a: 5 }, true],
  ["a number equals a string of it", { a: 5 }, { a: "5.0" }, true],
  ["a number equals a string of it with spaces", { a: 5 }, { a: " 5 " }, true],
  ["a number differs from another number", { a: 5 }, { a: 6 }, false],
  [
    "a number differs from a string that is none",
    { a: 5 },
    { a: "five" },
    false,
  ],
  ["1 equals true", { a: 1 }, { a: true }, true],
  ["0 equals false", { a: 0 }, { a: false }, true],
  ["0 equals a missing attribute", { a: 0 }, {}, true],
  ["0 equals null", { a: 0 }, { a: null }, true],
  ["0 equals the empty string", { a: 0 }, { a: "" }, true],
  ["0 equals an empty array", { a: 0 }, { a: [] }, true],
  ["0 equals minus zero", { a: 0 }, { a: -0 }, true],
  ["a number equals an array of only that", { a: 5 }, { a: [5] }, true],
  ["0 differs from an object", { a: 0 }, { a: {} }, false],
  ["0 differs from an own attribute that is undefined", { a: 0 }, {
    a: undefined,
  }, false],
  ["NaN equals nothing", { a: NaN }, { a: NaN }, false],
];

const booleans: readonly ConditionRow[] = [
  ["true equals true", { a: true }, { a: true }, true],
  ["true differs from false", { a: true }, { a: false }, false],
  ["true equals a truthy string", { a: true }, { a: "no" }, true],
  ["true equals an empty array, which is truthy", { a: true }, { a: [] }, true],
  ["false equals false", { a: false }, { a: false }, true],
  ["false equals 0", { a: false }, { a: 0 }, true],
  ["false equals the empty string", { a: false }, { a: "" }, true],
  ["false differs from null", { a: false }, { a: null }, false],
  ["false differs from a missing attribute", { a: false }, {}, false],
  ["true differs from a missing attribute", { a: true }, {}, false],
  ["false equals an own attribute that is undefined", { a: false }, {
    a: undefined,
  }, true],
];

const nulls: readonly ConditionRow[] = [
  ["null equals null", { a: null }, { a: null }, true],
  ["null equals a missing attribute", { a: null }, {}, true],
  ["null differs from the empty string", { a: null }, { a: "" }, false],
  ["null differs from 0", { a: null }, { a: 0 }, false],
  ["null differs from false", { a: null }, { a: false }, false],
  ["null differs from an own attribute that is undefined", { a: null }, {
    a: undefined,
  }, false],
];

const containers: readonly ConditionRow[] = [
  ["an array equals an array of the same JSON", { a: [1, "x"] }, {
    a: [1, "x"],
  }, true],
  ["an array minds order", { a: [1, 2] }, { a: [2, 1] }, false],
  ["an array minds the types of its elements", { a: [1] }, { a: ["1"] }, false],
  ["an empty array equals an empty array", { a: [] }, { a: [] }, true],
  ["an empty array differs from a missing attribute", { a: [] }, {}, false],
  ["an array differs from its JSON text", { a: [1] }, { a: "[1]" }, false],
  ["an object equals an object of the same JSON", { a: { b: { c: 1 } } }, {
    a: { b: { c: 1 } },
  }, true],
  ["an object minds the order of keys", { a: { b: 1, c: 2 } }, {
    a: { c: 2, b: 1 },
  }, false],
  [
    "an object minds further keys",
    { a: { b: 1 } },
    { a: { b: 1, c: 2 } },
    false,
  ],
  ["an empty object equals an empty object", { a: {} }, { a: {} }, true],
  ["an empty object differs from an empty array", { a: {} }, { a: [] }, false],
  ["an empty object differs from null", { a: {} }, { a: null }, false],
  ["an empty object differs from a missing attribute", { a: {} }, {}, false],
  [
    "an object with one plain key beside an operator is plain",
    { a: { $gt: 1, b: 2 } },
    { a: 5 },
    false,
  ],
  [
    "an object with one plain key beside an operator equals its own JSON",
    { a: { $gt: 1, b: 2 } },
    { a: { $gt: 1, b: 2 } },
    true,
  ],
];

testConditions([
  ...strings,
  ...numbers,
  ...booleans,
  ...nulls,
  ...containers,
]);
