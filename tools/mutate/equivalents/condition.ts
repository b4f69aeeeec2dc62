import type { Equivalent } from "../equivalent.ts";

/** Of `core/condition`. */
export const conditionEquivalents: readonly Equivalent[] = [
  {
    file: "core/condition/compile_condition.ts",
    within: "compileCondition",
    before: "return complete(compileAtDepth(condition, 0, startParts()));",
    after: "return complete(compileAtDepth(condition, 1, startParts()));",
    reason: "what is no object has no levels",
  },
  {
    file: "core/condition/compile_condition.ts",
    within: "compileCondition",
    before: "return complete(compileAtDepth(condition, 0, startParts()));",
    after: "return complete(compileAtDepth(condition, (-1), startParts()));",
    reason: "what is no object has no levels",
  },
  {
    file: "core/condition/instruction.ts",
    within: "calls",
    before: "export const calls = 15;",
    after: "export const calls = 16;",
    reason: "the codes only have to differ",
  },
  {
    file: "core/condition/instruction.ts",
    within: "isText",
    before: "export const isText = 0;",
    after: "export const isText = (-1);",
    reason: "the codes only have to differ",
  },
  {
    file: "core/condition/instruction.ts",
    within: "placeOf",
    before:
      'const names = path.includes(".") ? path.split(".").map(intern) : null;',
    after:
      'const names = path.includes("") ? path.split(".").map(intern) : null;',
    reason:
      "a plain name is a path of one step; reading it on the spot is for speed",
  },
  {
    file: "core/condition/pass_all.ts",
    within: "passes",
    before: 'return (typeof value === "string" ? value : toText(value)) ===',
    after: 'return (typeof value === "" ? value : toText(value)) ===',
    reason: "the text of a string is the string; asking first is for speed",
  },
];
