import type { Equivalent } from "../equivalent.ts";

/** Of `core/condition`. */
export const conditionEquivalents: readonly Equivalent[] = [
  {
    file: "core/condition/instruction.ts",
    within: "isText",
    before: "export const isText = 0;",
    after: "export const isText = (-1);",
    reason: "the codes only have to differ",
  },
  {
    file: "core/condition/instruction.ts",
    within: "calls",
    before: "export const calls = 11;",
    after: "export const calls = 12;",
    reason: "the codes only have to differ",
  },
  {
    file: "core/condition/instruction.ts",
    within: "at",
    before:
      'const names = path.includes(".") ? path.split(".").map(intern) : null;',
    after:
      'const names = path.includes("") ? path.split(".").map(intern) : null;',
    reason:
      "a plain name is a path of one step; reading it on the spot is for speed",
  },
  {
    file: "core/condition/list_conditions.ts",
    within: "listConditions",
    before:
      "for (let index = 0; index < length && index <= maxConditionParts; index++) {",
    after:
      "for (let index = 0; index < length && index < maxConditionParts; index++) {",
    reason:
      "either lists more parts than a condition may have, with the one around the list",
  },
  {
    file: "core/condition/pass_all.ts",
    within: "passes",
    before: 'return (typeof value === "string" ? value : toText(value)) ===',
    after: 'return (typeof value === "" ? value : toText(value)) ===',
    reason: "the text of a string is the string; asking first is for speed",
  },
  {
    file: "core/condition/pass_all.ts",
    within: "passElement",
    before: "for (let index = 0; index < elements.length; index++) {",
    after: "for (let index = (-1); index < elements.length; index++) {",
    reason:
      "there is no element at that index, and what is not there is skipped",
  },
  {
    file: "core/condition/pass_all.ts",
    within: "passElement",
    before: "for (let index = 0; index < elements.length; index++) {",
    after: "for (let index = 0; index <= elements.length; index++) {",
    reason:
      "there is no element at that index, and what is not there is skipped",
  },
  {
    file: "core/condition/primitives.ts",
    within: "toText",
    before: 'return typeof value === "string"',
    after: 'return typeof value === ""',
    reason: "the text of a string is the string; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "toNumber",
    before: 'return typeof value === "number"',
    after: 'return typeof value === ""',
    reason: "a number times 1 is the number; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "toNumber",
    before: ": attempt(() => (convertible(value) as number) * 1, NaN);",
    after: ": attempt(() => (convertible(value) as number) / 1, NaN);",
    reason: "both make a number of the value and leave it as it is",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: 'return typeof value === "number" || typeof value === "string" ||',
    after: 'return typeof value === "number" && typeof value === "string" ||',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: 'return typeof value === "number" || typeof value === "string" ||',
    after: 'return typeof value === "" || typeof value === "string" ||',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: 'return typeof value === "number" || typeof value === "string" ||',
    after: 'return typeof value === "number" || typeof value === "" ||',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: "attempt(() => (convertible(value) as number) < 0 || true, false);",
    after: "attempt(() => (convertible(value) as number) <= 0 || true, false);",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: "attempt(() => (convertible(value) as number) < 0 || true, false);",
    after: "attempt(() => (convertible(value) as number) >= 0 || true, false);",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: "attempt(() => (convertible(value) as number) < 0 || true, false);",
    after: "attempt(() => (convertible(value) as number) < 1 || true, false);",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: "attempt(() => (convertible(value) as number) < 0 || true, false);",
    after:
      "attempt(() => (convertible(value) as number) < (-1) || true, false);",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/version_order.ts",
    within: "compareVersions",
    before: "const number = plain < 0 ? -1 : readPlainVersion(version);",
    after: "const number = plain <= 0 ? -1 : readPlainVersion(version);",
    reason:
      "versions compare as texts to the same end; as numbers it is for speed",
  },
  {
    file: "core/condition/version_order.ts",
    within: "compareVersions",
    before: "const number = plain < 0 ? -1 : readPlainVersion(version);",
    after: "const number = plain < 1 ? -1 : readPlainVersion(version);",
    reason:
      "versions compare as texts to the same end; as numbers it is for speed",
  },
  {
    file: "core/condition/version_order.ts",
    within: "compareVersions",
    before: "const number = plain < 0 ? -1 : readPlainVersion(version);",
    after: "const number = plain < 0 ? -2 : readPlainVersion(version);",
    reason: "any number below 0 is no plain version",
  },
  {
    file: "core/condition/version_order.ts",
    within: "compareVersions",
    before: "return number < 0",
    after: "return number <= 0",
    reason:
      "versions compare as texts to the same end; as numbers it is for speed",
  },
  {
    file: "core/condition/version_order.ts",
    within: "readPlainVersion",
    before: "part = -1;",
    after: "part = -2;",
    reason: "any number below 0 is no part",
  },
  {
    file: "core/condition/version_order.ts",
    within: "readPlainVersion",
    before: "let part = -1;",
    after: "let part = -2;",
    reason: "any number below 0 is no part",
  },
  {
    file: "core/condition/version_order.ts",
    within: "readPlainVersion",
    before: "} else part = part < 0 ? digit : part * 10 + digit;",
    after: "} else part = part < 1 ? digit : part * 10 + digit;",
    reason: "after a 0 no digit gets here",
  },
  {
    file: "core/condition/version_order.ts",
    within: "readPlainVersion",
    before: "} else part = part < 0 ? digit : part * 10 + digit;",
    after: "} else part = part <= 0 ? digit : part * 10 + digit;",
    reason: "after a 0 no digit gets here",
  },
  {
    file: "core/condition/version_order.ts",
    within: "compareVersions",
    before: "return number < 0",
    after: "return number < 1",
    reason:
      "versions compare as texts to the same end; as numbers it is for speed",
  },
  {
    file: "core/condition/members.ts",
    within: "latest",
    before: "turn: 1,",
    after: "turn: 2,",
    reason: "turns only have to differ",
  },
  {
    file: "core/condition/members.ts",
    within: "latest",
    before: "turn: 1,",
    after: "turn: (0),",
    reason: "before any groups were asked there are none, and so no members",
  },
  {
    file: "core/condition/members.ts",
    within: "referTo",
    before: "return { id, turn: 0, members: noMembers };",
    after: "return { id, turn: 1, members: noMembers };",
    reason: "before any groups were asked there are none, and so no members",
  },
  {
    file: "core/condition/members.ts",
    within: "referTo",
    before: "return { id, turn: 0, members: noMembers };",
    after: "return { id, turn: (-1), members: noMembers };",
    reason: "turns only have to differ",
  },
];
