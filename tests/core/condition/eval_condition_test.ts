import {
  type ConditionRow,
  testConditions,
} from "../../support/evaluation/condition_rows.ts";

const french = { country: "fr" };
const adult = { age: { $gte: 18 } };

const entries: readonly ConditionRow[] = [
  ["holds for everybody without entries", {}, {}, true],
  [
    "needs all entries: both hold",
    { a: "1", b: "2" },
    { a: "1", b: "2" },
    true,
  ],
  [
    "needs all entries: the first fails",
    { a: "1", b: "2" },
    { a: "0", b: "2" },
    false,
  ],
  [
    "needs all entries: the last fails",
    { a: "1", b: "2" },
    { a: "1", b: "0" },
    false,
  ],
];

/** Conditions of one to six parts, as a whole and with each of the parts failing. */
const positions = [1, 2, 3, 4, 5, 6].flatMap((count) =>
  [-1, 0, 1, 2, 3, 4, 5].filter((failing) => failing < count)
    .map((failing) => ({ count, failing }))
);

const manyEntries: readonly ConditionRow[] = positions.map((
  { count, failing },
) => [
  `needs all of ${count} entries${
    failing < 0 ? "" : `: number ${failing + 1} fails`
  }`,
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`a${index}`, index]),
  ),
  Object.fromEntries(
    Array.from(
      { length: count },
      (_, index) => [`a${index}`, index === failing ? "no" : index],
    ),
  ),
  failing < 0,
]);

const manyConditions: readonly ConditionRow[] = positions.map((
  { count, failing },
) => [
  `needs all of ${count} in $and${
    failing < 0 ? "" : `: number ${failing + 1} fails`
  }`,
  {
    $and: Array.from({ length: count }, (_, index) => ({ a: { $ne: index } })),
  },
  { a: failing },
  failing < 0,
]);

const manyAlternatives: readonly ConditionRow[] = positions.map((
  { count, failing },
) => [
  `needs one of ${count} in $or${
    failing < 0 ? "" : `: number ${failing + 1} holds`
  }`,
  { $or: Array.from({ length: count }, (_, index) => ({ a: index })) },
  { a: failing },
  failing >= 0,
]);

const operatorNames = ["$ne", "$gte", "$exists", "$type", "$in", "$nin"];
const held = {
  $ne: 6,
  $gte: 5,
  $exists: true,
  $type: "number",
  $in: [5],
  $nin: [6],
};
const failed = {
  $ne: 5,
  $gte: 6,
  $exists: false,
  $type: "string",
  $in: [6],
  $nin: [5],
};

const manyOperators: readonly ConditionRow[] = positions.map((
  { count, failing },
) => [
  `needs all of ${count} operators${
    failing < 0 ? "" : `: number ${failing + 1} fails`
  }`,
  {
    a: Object.fromEntries(
      operatorNames.slice(0, count).map((name, index) => [
        name,
        (index === failing ? failed : held)[name as keyof typeof held],
      ]),
    ),
  },
  { a: 5 },
  failing < 0,
]);

const logic: readonly ConditionRow[] = [
  [
    "$or holds when the first does",
    { $or: [french, adult] },
    { country: "fr" },
    true,
  ],
  ["$or holds when the last does", { $or: [french, adult] }, { age: 20 }, true],
  ["$or fails when none holds", { $or: [french, adult] }, { age: 2 }, false],
  ["$or holds for everybody when empty", { $or: [] }, {}, true],
  ["$nor holds when none holds", { $nor: [french, adult] }, { age: 2 }, true],
  ["$nor fails when one holds", { $nor: [french, adult] }, { age: 20 }, false],
  ["$nor holds for nobody when empty", { $nor: [] }, {}, false],
  ["$and holds when all do", { $and: [french, adult] }, {
    country: "fr",
    age: 20,
  }, true],
  ["$and fails when one fails", { $and: [french, adult] }, {
    country: "fr",
    age: 2,
  }, false],
  ["$and holds for everybody when empty", { $and: [] }, {}, true],
  [
    "$not fails when its condition holds",
    { $not: french },
    { country: "fr" },
    false,
  ],
  [
    "$not holds when its condition fails",
    { $not: french },
    { country: "be" },
    true,
  ],
  ["$not of an empty condition holds for nobody", { $not: {} }, {}, false],
  ["$or combines with a sibling path", { $or: [french], b: "2" }, {
    country: "fr",
    b: "0",
  }, false],
  ["$nor combines with a sibling path", { $nor: [french], b: "2" }, {
    country: "be",
    b: "0",
  }, false],
  ["$and combines with a sibling path", { $and: [french], b: "2" }, {
    country: "fr",
    b: "0",
  }, false],
  ["$not combines with a sibling path", { $not: french, b: "2" }, {
    country: "be",
    b: "0",
  }, false],
  [
    "$savedGroup combines with a sibling path",
    { $savedGroup: { id: "eu" }, b: "2" },
    { country: "fr", b: "0" },
    false,
    { eu: { type: "condition", condition: french } },
  ],
  [
    "logical keys combine with each other",
    { $or: [french, adult], $not: french },
    { country: "fr", age: 20 },
    false,
  ],
  [
    "logical keys hold together",
    { $or: [french, adult], $not: french, $nor: [{ age: 21 }], $and: [adult] },
    { country: "be", age: 20 },
    true,
  ],
  [
    "logic nests",
    { $or: [{ $and: [french, { $not: adult }] }, { $nor: [french, adult] }] },
    { country: "fr", age: 3 },
    true,
  ],
];

const paths: readonly ConditionRow[] = [
  ["reads a top-level attribute", { country: "fr" }, { country: "fr" }, true],
  ["reads along a dot path", { "plan.seats.max": 5 }, {
    plan: { seats: { max: 5 } },
  }, true],
  ["reads an array's element by its index", { "tags.1": "b" }, {
    tags: ["a", "b"],
  }, true],
  ["reads the own length of an array", { "tags.length": 2 }, {
    tags: ["a", "b"],
  }, true],
  ["can't reach an attribute whose own name has a dot", { "a.b": "x" }, {
    "a.b": "x",
  }, false],
  ["gives null where the first name is missing", { "a.b.c": null }, {}, true],
  ["gives null where a path breaks off at an object", { "a.b.c": null }, {
    a: {},
  }, true],
  [
    "gives null where a path breaks off at null",
    { "a.b": null },
    { a: null },
    true,
  ],
  [
    "gives null where a path breaks off at a number",
    { "a.b": null },
    { a: 5 },
    true,
  ],
  ["gives null where a path breaks off at a string", { "a.length": null }, {
    a: "five",
  }, true],
  ["takes an empty name as any other", { "": "x" }, { "": "x" }, true],
  [
    "takes empty names along a path",
    { "a..b": "x" },
    { a: { "": { b: "x" } } },
    true,
  ],
  ["takes $eq as an attribute's name beside the paths", { $eq: "x" }, {
    $eq: "x",
  }, true],
  [
    "takes an unknown $ key as an attribute's name",
    { $nothing: null },
    {},
    true,
  ],
];

testConditions([
  ...entries,
  ...manyEntries,
  ...manyConditions,
  ...manyAlternatives,
  ...manyOperators,
  ...logic,
  ...paths,
]);

// Where the official SDK throws, the condition is false as a whole.
const malformedConditions: readonly ConditionRow[] = [
  ["null is met by nobody", null, {}, false],
  ["undefined is met by nobody", undefined, {}, false],
  ["$or over null is met by nobody", { $or: null }, {}, false],
  ["$nor over null is met by nobody", { $nor: null }, {}, false],
  ["$and over null is met by nobody", { $and: null }, {}, false],
  ["$not over null is met by nobody", { $not: null }, {}, false],
  [
    "$not over a malformed $or is met by nobody",
    { $not: { $or: null } },
    {},
    false,
  ],
  [
    "$nor over a malformed $and is met by nobody",
    { $nor: [{ $and: null }] },
    {},
    false,
  ],
  [
    "$or with a null entry is met by nobody once it is reached",
    { $or: [{ a: "x" }, null] },
    {},
    false,
  ],
  [
    "$or with a null entry is met before it is reached",
    { $or: [{}, null] },
    {},
    true,
  ],
  ["$elemMatch over null is met by nobody", { a: { $elemMatch: null } }, {
    a: [1],
  }, false],
  [
    "$not beneath a path over a malformed $elemMatch is met by nobody",
    { a: { $not: { $elemMatch: null } } },
    { a: [1] },
    false,
  ],
];

testConditions(malformedConditions);

const strayConditions: readonly ConditionRow[] = [
  ["a number has no entries, so everybody meets it", 5, {}, true],
  ["a text is read by its characters", "x", { 0: "x" }, true],
  ["a text is met by nobody without its characters", "x", {}, false],
  ["a list is read by its places", ["x"], { 0: "x" }, true],
];

testConditions(strayConditions);
