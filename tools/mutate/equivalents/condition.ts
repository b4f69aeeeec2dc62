import type { Equivalent } from "../equivalent.ts";

/** Of `core/condition`. */
export const conditionEquivalents: readonly Equivalent[] = [
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before:
      'if (typeof value === "number" || typeof value === "string") return true;',
    after: ";",
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before:
      'if (typeof value === "number" || typeof value === "string") return true;',
    after:
      'if (typeof value === "number" && typeof value === "string") return true;',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before:
      'if (typeof value === "number" || typeof value === "string") return true;',
    after: 'if (typeof value === "" || typeof value === "string") return true;',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before:
      'if (typeof value === "number" || typeof value === "string") return true;',
    after: 'if (typeof value === "number" || typeof value === "") return true;',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: "return (value as number) < 0 || true;",
    after: "return (value as number) <= 0 || true;",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: "return (value as number) < 0 || true;",
    after: "return (value as number) >= 0 || true;",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: "return (value as number) < 0 || true;",
    after: "return (value as number) < 1 || true;",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/primitives.ts",
    within: "isComparable",
    before: "return (value as number) < 0 || true;",
    after: "return (value as number) < (-1) || true;",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
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
    before: "export const calls = 18;",
    after: "export const calls = 19;",
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
    file: "core/condition/operators/all.ts",
    within: "manyOperands",
    before: "const manyOperands = 16;",
    after: "const manyOperands = (15);",
    reason: "from how many on they are gathered need not be exact",
  },
  {
    file: "core/condition/pass_all.ts",
    within: "passes",
    before: 'return (typeof value === "string" ? value : toText(value)) ===',
    after: 'return (typeof value === "" ? value : toText(value)) ===',
    reason: "the text of a string is the string; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "toText",
    before: 'if (typeof value === "string") return value;',
    after: ";",
    reason: "the text of a string is the string; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "toText",
    before: 'if (typeof value === "string") return value;',
    after: 'if (typeof value === "") return value;',
    reason: "the text of a string is the string; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "toNumber",
    before: 'if (typeof value === "number") return value;',
    after: ";",
    reason: "a number times 1 is the number; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "toNumber",
    before: 'if (typeof value === "number") return value;',
    after: 'if (typeof value === "") return value;',
    reason: "a number times 1 is the number; asking first is for speed",
  },
  {
    file: "core/condition/primitives.ts",
    within: "toNumber",
    before: "return (value as number) * 1;",
    after: "return (value as number) / 1;",
    reason: "both make a number of the value and leave it as it is",
  },
  {
    file: "core/condition/padded_version_string.ts",
    within: "readVersion",
    before: 'text.includes("+") ? buildStart(text) : undefined,',
    after: 'text.includes("") ? buildStart(text) : undefined,',
    reason:
      "a build that is not there starts at the end; asking first is for speed",
  },
  {
    file: "core/condition/padded_version_string.ts",
    within: "buildStart",
    before: "return version.length - (plus < 0 ? 0 : lastLine.length - plus);",
    after:
      "return version.length - (plus < 0 ? (-1) : lastLine.length - plus);",
    reason: "a slice ends where the text ends, however far it may go",
  },
];
