import type { SavedGroups } from "../../../../mod.ts";
import {
  type ConditionRow,
  testConditions,
} from "../../../support/evaluation/condition_rows.ts";
import { malformed } from "../../../support/malformed.ts";

const groups: SavedGroups = {
  plain: ["1", "2"],
  staff: { type: "list", attributeKey: "id", values: ["1", 2, null] },
  bySeat: { type: "list", attributeKey: "plan.seat", values: ["A1"] },
  french: { type: "condition", condition: { country: "fr" } },
  frenchStaff: {
    type: "condition",
    condition: {
      $savedGroup: { id: "french" },
      $and: [{ $savedGroup: { id: "staff" } }],
    },
  },
  everybody: { type: "condition", condition: {} },
};

const lists: readonly ConditionRow[] = [
  [
    "$savedGroup holds for a member of a list",
    { $savedGroup: { id: "staff" } },
    { id: "1" },
    true,
    groups,
  ],
  [
    "$savedGroup fails for another than a list's",
    { $savedGroup: { id: "staff" } },
    { id: "3" },
    false,
    groups,
  ],
  [
    "$savedGroup minds the type of a list's values",
    { $savedGroup: { id: "staff" } },
    { id: "2" },
    false,
    groups,
  ],
  [
    "$savedGroup holds for a missing attribute when null is listed",
    { $savedGroup: { id: "staff" } },
    {},
    true,
    groups,
  ],
  [
    "$savedGroup matches an array by one element",
    { $savedGroup: { id: "staff" } },
    { id: ["9", 2] },
    true,
    groups,
  ],
  [
    "$savedGroup reads a list's attribute along a path",
    { $savedGroup: { id: "bySeat" } },
    { plan: { seat: "A1" } },
    true,
    groups,
  ],
  [
    "$savedGroup's own attributeKey overrides the list's",
    { $savedGroup: { id: "staff", attributeKey: "company" } },
    { id: "1", company: "9" },
    false,
    groups,
  ],
  [
    "$savedGroup looks up the attribute that it names itself",
    { $savedGroup: { id: "staff", attributeKey: "company" } },
    { id: "9", company: "1" },
    true,
    groups,
  ],
  [
    "$savedGroup's own attributeKey is a path too",
    { $savedGroup: { id: "staff", attributeKey: "company.owner" } },
    { company: { owner: "1" } },
    true,
    groups,
  ],
  [
    "$savedGroup turns around under $not",
    { $not: { $savedGroup: { id: "staff" } } },
    { id: "1" },
    false,
    groups,
  ],
];

const conditions: readonly ConditionRow[] = [
  [
    "$savedGroup holds when the group's condition does",
    { $savedGroup: { id: "french" } },
    { country: "fr" },
    true,
    groups,
  ],
  [
    "$savedGroup fails when the group's condition does",
    { $savedGroup: { id: "french" } },
    { country: "be" },
    false,
    groups,
  ],
  [
    "$savedGroup ignores its attributeKey for a condition group",
    { $savedGroup: { id: "french", attributeKey: "nope" } },
    { country: "fr" },
    true,
    groups,
  ],
  [
    "$savedGroup resolves groups inside groups",
    { $savedGroup: { id: "frenchStaff" } },
    { country: "fr", id: "1" },
    true,
    groups,
  ],
  [
    "$savedGroup fails when a group inside a group does",
    { $savedGroup: { id: "frenchStaff" } },
    { country: "fr", id: "7" },
    false,
    groups,
  ],
  [
    "$savedGroup holds for everybody with an empty condition",
    { $savedGroup: { id: "everybody" } },
    {},
    true,
    groups,
  ],
  [
    "$savedGroup may stand twice in one condition",
    {
      $and: [{ $savedGroup: { id: "french" } }, {
        $savedGroup: { id: "french" },
      }],
    },
    { country: "fr" },
    true,
    groups,
  ],
];

const nobody: readonly ConditionRow[] = [
  [
    "$savedGroup matches nobody in an unknown group",
    { $savedGroup: { id: "nope" } },
    { id: "1" },
    false,
    groups,
  ],
  [
    "$savedGroup matches nobody without groups",
    { $savedGroup: { id: "staff" } },
    { id: "1" },
    false,
  ],
  [
    "$savedGroup matches nobody in a plain array of values",
    { $savedGroup: { id: "plain", attributeKey: "id" } },
    { id: "1" },
    false,
    groups,
  ],
  [
    "$savedGroup matches nobody when it is null",
    { $savedGroup: null },
    { id: "1" },
    false,
    groups,
  ],
  [
    "$savedGroup matches nobody when it is a string",
    { $savedGroup: "staff" },
    { id: "1" },
    false,
    groups,
  ],
  [
    "$savedGroup matches nobody when it is an array",
    { $savedGroup: ["staff"] },
    { id: "1" },
    false,
    groups,
  ],
  [
    "$savedGroup matches nobody without an id",
    { $savedGroup: {} },
    { id: "1" },
    false,
    groups,
  ],
  [
    "$savedGroup matches nobody with an id that is no string",
    { $savedGroup: { id: 5 } },
    { id: "1" },
    false,
    malformed({ 5: groups["everybody"] }),
  ],
  [
    "$savedGroup matches nobody with an attributeKey that is no string",
    { $savedGroup: { id: "staff", attributeKey: 5 } },
    { id: "1" },
    false,
    groups,
  ],
  [
    "$savedGroup that matches nobody holds for everybody under $not",
    { $not: { $savedGroup: { id: "nope" } } },
    {},
    true,
    groups,
  ],
];

testConditions([...lists, ...conditions, ...nobody]);

const malformedGroups: readonly (readonly [kind: string, group: unknown])[] = [
  ["of an unknown type", { type: "query", attributeKey: "id", values: ["1"] }],
  ["without a type", { attributeKey: "id", values: ["1"] }],
  ["of a list without an attributeKey", { type: "list", values: ["1"] }],
  ["of a list whose attributeKey is no string", {
    type: "list",
    attributeKey: 5,
    values: ["1"],
  }],
  ["of a list without values", { type: "list", attributeKey: "id" }],
  ["of a list whose values are a string", {
    type: "list",
    attributeKey: "id",
    values: "1",
  }],
  ["of a condition that is missing", { type: "condition" }],
  ["of a condition that is null", { type: "condition", condition: null }],
  ["of a condition that is a string", { type: "condition", condition: "x" }],
  ["of a condition that is an empty string", {
    type: "condition",
    condition: "",
  }],
  ["that is null", null],
  ["that is a string", "1"],
];

testConditions(malformedGroups.flatMap(([kind, group]): ConditionRow[] => [
  [
    `$savedGroup matches nobody in a group ${kind}`,
    { $savedGroup: { id: "g" } },
    { id: "1" },
    false,
    malformed({ g: group }),
  ],
  [
    `$savedGroup matches everybody under $not in a group ${kind}`,
    { $not: { $savedGroup: { id: "g" } } },
    { id: "1" },
    true,
    malformed({ g: group }),
  ],
]));

const cycles: SavedGroups = {
  self: { type: "condition", condition: { $savedGroup: { id: "self" } } },
  ping: { type: "condition", condition: { $savedGroup: { id: "pong" } } },
  pong: { type: "condition", condition: { $savedGroup: { id: "ping" } } },
  way: {
    type: "condition",
    condition: { $or: [{ $savedGroup: { id: "way" } }, { id: "1" }] },
  },
  unless: {
    type: "condition",
    condition: { $not: { $savedGroup: { id: "unless" } } },
  },
};

testConditions([
  [
    "$savedGroup matches nobody in a group that refers to itself",
    { $savedGroup: { id: "self" } },
    {},
    false,
    cycles,
  ],
  [
    "$savedGroup matches nobody in a circle of two groups",
    { $savedGroup: { id: "ping" } },
    {},
    false,
    cycles,
  ],
  [
    "$savedGroup leaves other ways into a cyclic group open",
    { $savedGroup: { id: "way" } },
    { id: "1" },
    true,
    cycles,
  ],
  [
    "$savedGroup takes only the reference that closes a circle as false",
    { $savedGroup: { id: "unless" } },
    {},
    true,
    cycles,
  ],
  [
    "$savedGroup may name a cyclic group again once it is left",
    { $and: [{ $savedGroup: { id: "way" } }, { $savedGroup: { id: "way" } }] },
    { id: "1" },
    true,
    cycles,
  ],
]);
