import type { Equivalent } from "../equivalent.ts";

/** Of `core/condition`. */
export const conditionEquivalents: readonly Equivalent[] = [
  {
    file: "core/condition/array_tests.ts",
    within: "foldedEquality",
    before: 'operator: "equals",',
    after: 'operator: "",',
    reason:
      "no explanation looks inside the tests of elements, where the name would be told",
  },
  {
    file: "core/condition/compare.ts",
    within: "isComparable",
    before:
      'if (typeof value === "number" || typeof value === "string") return true;',
    after: ";",
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/compare.ts",
    within: "isComparable",
    before:
      'if (typeof value === "number" || typeof value === "string") return true;',
    after:
      'if (typeof value === "number" && typeof value === "string") return true;',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/compare.ts",
    within: "isComparable",
    before:
      'if (typeof value === "number" || typeof value === "string") return true;',
    after: 'if (typeof value === "" || typeof value === "string") return true;',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/compare.ts",
    within: "isComparable",
    before:
      'if (typeof value === "number" || typeof value === "string") return true;',
    after: 'if (typeof value === "number" || typeof value === "") return true;',
    reason: "numbers and texts always compare; asking first is for speed",
  },
  {
    file: "core/condition/compare.ts",
    within: "isComparable",
    before: "return (value as number) < 0 || true;",
    after: "return (value as number) <= 0 || true;",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/compare.ts",
    within: "isComparable",
    before: "return (value as number) < 0 || true;",
    after: "return (value as number) >= 0 || true;",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/compare.ts",
    within: "isComparable",
    before: "return (value as number) < 0 || true;",
    after: "return (value as number) < 1 || true;",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/compare.ts",
    within: "isComparable",
    before: "return (value as number) < 0 || true;",
    after: "return (value as number) < (-1) || true;",
    reason:
      "what comes of the comparison does not matter, only whether it throws",
  },
  {
    file: "core/condition/compare_version.ts",
    within: "compareVersion",
    before: ": 0;",
    after: ": (-1);",
    reason: "there is no room for fewer than no blanks",
  },
  {
    file: "core/condition/compare_version.ts",
    within: "unitAt",
    before: "return position < text.length ? text.charCodeAt(position) : -1;",
    after: "return position < text.length ? text.charCodeAt(position) : -2;",
    reason:
      "the longer text comes last in any case, be it by the end of the other or by its length",
  },
  {
    file: "core/condition/compare_version.ts",
    within: "unitAt",
    before: "return position < text.length ? text.charCodeAt(position) : -1;",
    after: "return position < text.length ? text.charCodeAt(position) : -(0);",
    reason:
      "the longer text comes last in any case, be it by the end of the other or by its length",
  },
  {
    file: "core/condition/compile_condition.ts",
    within: "compileCondition",
    before: "if (!isObject(condition)) return compileAtDepth(condition, 0);",
    after: "if (!isObject(condition)) return compileAtDepth(condition, 1);",
    reason: "what is no object has no levels",
  },
  {
    file: "core/condition/compile_condition.ts",
    within: "compileCondition",
    before: "if (!isObject(condition)) return compileAtDepth(condition, 0);",
    after: "if (!isObject(condition)) return compileAtDepth(condition, (-1));",
    reason: "what is no object has no levels",
  },
  {
    file: "core/condition/compile_condition.ts",
    within: "compileAttribute",
    before: 'const test: AttributeNode["test"] = path.includes(".")',
    after: 'const test: AttributeNode["test"] = path.includes("")',
    reason:
      "a plain name is a path of one step; reading it on the spot is for speed",
  },
  {
    file: "core/condition/compile_condition.ts",
    within: "faulty",
    before: 'return logical("$and", condition, [], failWith(reason));',
    after: 'return logical("", condition, [], failWith(reason));',
    reason: "its test throws before anybody asks for the name",
  },
];
