import {
  type ConditionRow,
  testConditions,
} from "../../../support/evaluation/condition_rows.ts";

const rows: readonly ConditionRow[] = [
  ["$regex finds a match anywhere", { a: { $regex: "b" } }, { a: "abc" }, true],
  ["$regex fails without a match", { a: { $regex: "x" } }, { a: "abc" }, false],
  ["$regex knows anchors", { a: { $regex: "^b" } }, { a: "abc" }, false],
  ["$regex minds case", { a: { $regex: "B" } }, { a: "abc" }, false],
  [
    "$regex matches the text of a number",
    { a: { $regex: "^5$" } },
    { a: 5 },
    true,
  ],
  ["$regex matches the text of a boolean", { a: { $regex: "^true$" } }, {
    a: true,
  }, true],
  ["$regex matches the text of an array", { a: { $regex: "^x,y$" } }, {
    a: ["x", "y"],
  }, true],
  ["$regex matches the text of an object", { a: { $regex: "object" } }, {
    a: {},
  }, true],
  [
    "$regex sees null for a missing attribute",
    { a: { $regex: "^null$" } },
    {},
    true,
  ],
  ["$regex sees null for null", { a: { $regex: "^null$" } }, { a: null }, true],
  ["$regex matches everything when empty", { a: { $regex: "" } }, {}, true],
  [
    "$regex is false for an invalid pattern",
    { a: { $regex: "(" } },
    { a: "(" },
    false,
  ],
  [
    "$regex is false for a number as pattern",
    { a: { $regex: 5 } },
    { a: "5" },
    false,
  ],
  ["$regex is false for null as pattern", { a: { $regex: null } }, {}, false],
  ["$regex is false for an array as pattern", { a: { $regex: ["b"] } }, {
    a: "b",
  }, false],
  [
    "$regex under $not matches everybody when invalid",
    { a: { $not: { $regex: "(" } } },
    { a: "x" },
    true,
  ],
  ["$regex has no flag u: a dot is one code unit", { a: { $regex: "^.$" } }, {
    a: "😀",
  }, false],
  ["$regexi folds case", { a: { $regexi: "B" } }, { a: "abc" }, true],
  [
    "$regexi fails without a match",
    { a: { $regexi: "x" } },
    { a: "abc" },
    false,
  ],
  [
    "$regexi sees null for a missing attribute",
    { a: { $regexi: "^NULL$" } },
    {},
    true,
  ],
  ["$regexi is false for an invalid pattern", { a: { $regexi: "[" } }, {
    a: "[",
  }, false],
  [
    "$regexi is false for a pattern that is no string",
    { a: { $regexi: true } },
    { a: true },
    false,
  ],
  [
    "$regexi does not leak into a $regex of the same text",
    { a: { $regexi: "foo" }, b: { $regex: "foo/i" } },
    { a: "FOO", b: "FOO" },
    false,
  ],
  [
    "$regex finds the slash in a pattern itself",
    { a: { $regexi: "foo" }, b: { $regex: "foo/i" } },
    { a: "FOO", b: "foo/i" },
    true,
  ],
  [
    "$regex keeps no state between tests",
    { $and: [{ a: { $regex: "b" } }, { a: { $regex: "b" } }] },
    { a: "b" },
    true,
  ],
];

testConditions(rows);
