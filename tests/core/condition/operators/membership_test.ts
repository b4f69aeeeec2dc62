import type { SavedGroups } from "../../../../mod.ts";
import {
  type ConditionRow,
  testConditions,
} from "../../../support/evaluation/condition_rows.ts";
import { malformed } from "../../../support/malformed.ts";

const many = Array.from({ length: 40 }, (_, index) => `user-${index}`);

const lists: readonly ConditionRow[] = [
  ["$in holds for a listed value", { a: { $in: ["x", 5] } }, { a: 5 }, true],
  ["$in fails for another value", { a: { $in: ["x", 5] } }, { a: 6 }, false],
  ["$in minds type", { a: { $in: ["5"] } }, { a: 5 }, false],
  ["$in minds case", { a: { $in: ["x"] } }, { a: "X" }, false],
  ["$in fails for a missing attribute", { a: { $in: ["x"] } }, {}, false],
  [
    "$in holds for a missing attribute when null is listed",
    { a: { $in: [null] } },
    {},
    true,
  ],
  [
    "$in holds for false when listed",
    { a: { $in: [false] } },
    { a: false },
    true,
  ],
  ["$in holds for no value when empty", { a: { $in: [] } }, { a: "x" }, false],
  ["$in matches an array by one element", { a: { $in: ["x", "y"] } }, {
    a: ["z", "y"],
  }, true],
  ["$in fails for an array without a listed element", { a: { $in: ["x"] } }, {
    a: ["z"],
  }, false],
  ["$in fails for an empty array", { a: { $in: ["x"] } }, { a: [] }, false],
  ["$in fails for a listed array, which is another", { a: { $in: [["x"]] } }, {
    a: ["x"],
  }, false],
  [
    "$in finds a value in a long list",
    { a: { $in: many } },
    { a: "user-39" },
    true,
  ],
  ["$in finds an array's element in a long list", { a: { $in: many } }, {
    a: [1, "user-0"],
  }, true],
  ["$in fails for a value that a long list lacks", { a: { $in: many } }, {
    a: "user-40",
  }, false],
  [
    "$in minds type in a long list",
    { a: { $in: many.map((_, index) => index) } },
    { a: "5" },
    false,
  ],
  [
    "$in is false for a string as operand",
    { a: { $in: "xyz" } },
    { a: "x" },
    false,
  ],
  ["$in is false for null as operand", { a: { $in: null } }, {}, false],
  ["$in is false for an object as operand", { a: { $in: { 0: "x" } } }, {
    a: "x",
  }, false],
  ["$nin fails for a listed value", { a: { $nin: ["x", 5] } }, { a: 5 }, false],
  ["$nin holds for another value", { a: { $nin: ["x", 5] } }, { a: 6 }, true],
  ["$nin minds type", { a: { $nin: ["5"] } }, { a: 5 }, true],
  ["$nin holds for a missing attribute", { a: { $nin: ["x"] } }, {}, true],
  [
    "$nin holds for every value when empty",
    { a: { $nin: [] } },
    { a: "x" },
    true,
  ],
  ["$nin fails for an array with a listed element", { a: { $nin: ["x"] } }, {
    a: ["z", "x"],
  }, false],
  ["$nin holds for an array without a listed element", { a: { $nin: ["x"] } }, {
    a: ["z"],
  }, true],
  ["$nin fails for a value of a long list", { a: { $nin: many } }, {
    a: "user-3",
  }, false],
  [
    "$nin is false for a string as operand",
    { a: { $nin: "xyz" } },
    { a: "q" },
    false,
  ],
  [
    "$nin is false for null as operand",
    { a: { $nin: null } },
    { a: "q" },
    false,
  ],
  ["$in over no list holds under $not", { a: { $not: { $in: "x" } } }, {
    a: "x",
  }, true],
  [
    "$in over null holds under $not",
    { a: { $not: { $in: null } } },
    { a: "x" },
    true,
  ],
  ["$nin over null holds under $not", { a: { $not: { $nin: null } } }, {
    a: "x",
  }, true],
  ["$ini over null holds under $not", { a: { $not: { $ini: null } } }, {
    a: "x",
  }, true],
];

const foldedLists: readonly ConditionRow[] = [
  [
    "$ini folds the attribute's case",
    { a: { $ini: ["fr"] } },
    { a: "FR" },
    true,
  ],
  ["$ini folds the operand's case", { a: { $ini: ["Fr"] } }, { a: "fr" }, true],
  ["$ini folds the case of an array's elements", { a: { $ini: ["fr"] } }, {
    a: ["BE", "FR"],
  }, true],
  ["$ini fails for another value", { a: { $ini: ["fr"] } }, { a: "be" }, false],
  ["$ini leaves numbers as they are", { a: { $ini: [5] } }, { a: 5 }, true],
  [
    "$ini minds the type of what is no string",
    { a: { $ini: ["5"] } },
    { a: 5 },
    false,
  ],
  ["$ini does not fold text made of true", { a: { $ini: ["TRUE"] } }, {
    a: true,
  }, false],
  ["$ini fails for a missing attribute", { a: { $ini: ["null"] } }, {}, false],
  [
    "$ini folds case in a long list",
    { a: { $ini: many } },
    { a: "USER-7" },
    true,
  ],
  [
    "$ini is false for a string as operand",
    { a: { $ini: "fr" } },
    { a: "fr" },
    false,
  ],
  ["$nini fails for a value of another case", { a: { $nini: ["fr"] } }, {
    a: "FR",
  }, false],
  [
    "$nini holds for another value",
    { a: { $nini: ["fr"] } },
    { a: "be" },
    true,
  ],
  [
    "$nini fails for an array with an element of another case",
    { a: { $nini: ["fr"] } },
    { a: ["FR"] },
    false,
  ],
  ["$nini holds for a missing attribute", { a: { $nini: ["fr"] } }, {}, true],
  ["$nini is false for a string as operand", { a: { $nini: "fr" } }, {
    a: "be",
  }, false],
];

const groups = {
  list: ["x", 5],
  typed: { type: "list", attributeKey: "other", values: ["x", 5] },
  described: { type: "condition", condition: {} },
  empty: [],
} as const;

const groupRows: readonly ConditionRow[] = [
  [
    "$inGroup holds for a member",
    { a: { $inGroup: "list" } },
    { a: "x" },
    true,
    groups,
  ],
  [
    "$inGroup fails for another",
    { a: { $inGroup: "list" } },
    { a: "y" },
    false,
    groups,
  ],
  [
    "$inGroup minds type",
    { a: { $inGroup: "list" } },
    { a: "5" },
    false,
    groups,
  ],
  [
    "$inGroup matches an array by one element",
    { a: { $inGroup: "list" } },
    { a: ["y", 5] },
    true,
    groups,
  ],
  [
    "$inGroup holds for a member of a typed list",
    { a: { $inGroup: "typed" } },
    { a: "x" },
    true,
    groups,
  ],
  [
    "$inGroup fails for another than a typed list's",
    { a: { $inGroup: "typed" } },
    { a: "y" },
    false,
    groups,
  ],
  [
    "$inGroup fails for a missing attribute",
    { a: { $inGroup: "list" } },
    {},
    false,
    groups,
  ],
  [
    "$inGroup fails for an empty group",
    { a: { $inGroup: "empty" } },
    { a: "x" },
    false,
    groups,
  ],
  [
    "$inGroup fails for an unknown group",
    { a: { $inGroup: "nope" } },
    { a: "x" },
    false,
    groups,
  ],
  [
    "$inGroup fails without groups",
    { a: { $inGroup: "list" } },
    { a: "x" },
    false,
  ],
  [
    "$inGroup fails for a condition group",
    { a: { $inGroup: "described" } },
    { a: "x" },
    false,
    groups,
  ],
  [
    "$notInGroup fails for a member",
    { a: { $notInGroup: "list" } },
    { a: "x" },
    false,
    groups,
  ],
  [
    "$notInGroup holds for another",
    { a: { $notInGroup: "list" } },
    { a: "y" },
    true,
    groups,
  ],
  [
    "$notInGroup fails for an array with a member",
    { a: { $notInGroup: "list" } },
    { a: ["y", 5] },
    false,
    groups,
  ],
  [
    "$notInGroup fails for a member of a typed list",
    { a: { $notInGroup: "typed" } },
    { a: 5 },
    false,
    groups,
  ],
  [
    "$notInGroup holds for another than a typed list's",
    { a: { $notInGroup: "typed" } },
    { a: "y" },
    true,
    groups,
  ],
  [
    "$notInGroup holds for a missing attribute",
    { a: { $notInGroup: "list" } },
    {},
    true,
    groups,
  ],
  [
    "$notInGroup holds for an empty group",
    { a: { $notInGroup: "empty" } },
    { a: "x" },
    true,
    groups,
  ],
  [
    "$notInGroup holds for an unknown group",
    { a: { $notInGroup: "nope" } },
    { a: "x" },
    true,
    groups,
  ],
  ["$notInGroup holds without groups", { a: { $notInGroup: "list" } }, {
    a: "x",
  }, true],
  [
    "$notInGroup fails for a condition group",
    { a: { $notInGroup: "described" } },
    { a: "x" },
    false,
    groups,
  ],
];

testConditions([...lists, ...foldedLists, ...groupRows]);

/** Entries that are no group of any kind, as a damaged payload may have them. */
const malformedGroups: readonly (readonly [kind: string, group: unknown])[] = [
  ["of an unknown type", { type: "query", values: ["x"] }],
  ["without a type", { attributeKey: "a", values: ["x"] }],
  ["of a list without values", { type: "list", attributeKey: "a" }],
  ["of a list whose values are no list", {
    type: "list",
    attributeKey: "a",
    values: "x",
  }],
  ["that is null", null],
  ["that is a string", "x"],
  ["that is a number", 5],
];

testConditions(malformedGroups.flatMap(([kind, group]): ConditionRow[] => {
  const groups = malformed<SavedGroups>({ g: group });
  return [
    [
      `$inGroup fails for a group ${kind}`,
      { a: { $inGroup: "g" } },
      { a: "x" },
      false,
      groups,
    ],
    [
      `$notInGroup fails for a group ${kind}`,
      { a: { $notInGroup: "g" } },
      { a: "q" },
      false,
      groups,
    ],
  ];
}));
