import type { Equivalent } from "../equivalent.ts";

/** Of `core/pattern`, as far as it was tried. */
export const patternEquivalents: readonly Equivalent[] = [
  {
    file: "core/pattern/adjacent_repeats.ts",
    within: "hasAdjacentRepeats",
    before: "last = { set, count, isSideBySide: true };",
    after: "last = { set, count, isSideBySide: false };",
    reason: "after two repeats a third counts in any case",
  },
  {
    file: "core/pattern/automaton.ts",
    within: "match",
    before:
      "export const match: State = { test: () => false, width: 0, next: [] };",
    after:
      "export const match: State = { test: () => true, width: 0, next: [] };",
    reason: "the state is known by itself, and nothing in it is looked at",
  },
  {
    file: "core/pattern/automaton.ts",
    within: "match",
    before:
      "export const match: State = { test: () => false, width: 0, next: [] };",
    after:
      "export const match: State = { test: () => false, width: 1, next: [] };",
    reason: "the state is known by itself, and nothing in it is looked at",
  },
  {
    file: "core/pattern/automaton.ts",
    within: "match",
    before:
      "export const match: State = { test: () => false, width: 0, next: [] };",
    after:
      "export const match: State = { test: () => false, width: (-1), next: [] };",
    reason: "the state is known by itself, and nothing in it is looked at",
  },
  {
    file: "core/pattern/automaton.ts",
    within: "runAutomaton",
    before: "if (ahead.size === 0) break;",
    after: ";",
    reason:
      "where no state is left, the rest of the text changes nothing; ending early is for speed",
  },
  {
    file: "core/pattern/automaton.ts",
    within: "runAutomaton",
    before: "if (ahead.size === 0) break;",
    after: "if (ahead.size === (-1)) break;",
    reason:
      "where no state is left, the rest of the text changes nothing; ending early is for speed",
  },
  {
    file: "core/pattern/character_set.ts",
    within: "characterOf",
    before:
      "const bit = unit < asciiCount ? unit : asciiCount + unit % sharedCount;",
    after:
      "const bit = unit <= asciiCount ? unit : asciiCount + unit % sharedCount;",
    reason:
      "the first unit beyond ASCII has the bit of its own number in any case",
  },
  {
    file: "core/pattern/character_set.ts",
    within: "characterRange",
    before: "return beyondAscii | rangeOfBits(start, asciiCount - 1);",
    after: "return beyondAscii | rangeOfBits(start, asciiCount + 1);",
    reason: "the bits that are added are there already",
  },
  {
    file: "core/pattern/character_set.ts",
    within: "characterRange",
    before: "return beyondAscii | rangeOfBits(start, asciiCount - 1);",
    after: "return beyondAscii | rangeOfBits(start, asciiCount - (0));",
    reason: "the bits that are added are there already",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "trustedSteps",
    before: "const trustedSteps = 1e6;",
    after: "const trustedSteps = 1000001;",
    reason:
      "the limit is an estimate of what takes long, and need not be exact",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "trustedSteps",
    before: "const trustedSteps = 1e6;",
    after: "const trustedSteps = (999999);",
    reason:
      "the limit is an estimate of what takes long, and need not be exact",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "lastResortSteps",
    before: "const lastResortSteps = 1e9;",
    after: "const lastResortSteps = 1000000001;",
    reason:
      "the limit is an estimate of what takes long, and need not be exact",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "automatonSteps",
    before: "const automatonSteps = 1e7;",
    after: "const automatonSteps = 10000001;",
    reason:
      "the limit is an estimate of what takes long, and need not be exact",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "automatonSteps",
    before: "const automatonSteps = 1e7;",
    after: "const automatonSteps = (9999999);",
    reason:
      "the limit is an estimate of what takes long, and need not be exact",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "compilePattern",
    before: "const trustedLength = lengthWithin(parsed, trustedSteps, 0);",
    after: "const trustedLength = lengthWithin(parsed, trustedSteps, 1);",
    reason:
      "engine and automaton give the same answers; which is asked is for speed",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "compilePattern",
    before: "const trustedLength = lengthWithin(parsed, trustedSteps, 0);",
    after: "const trustedLength = lengthWithin(parsed, trustedSteps, (-1));",
    reason:
      "engine and automaton give the same answers; which is asked is for speed",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "compilePattern",
    before: "if (text.length <= trustedLength) return native.test(text);",
    after: ";",
    reason:
      "engine and automaton give the same answers; which is asked is for speed",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "compilePattern",
    before: "if (text.length <= trustedLength) return native.test(text);",
    after: "if (text.length < trustedLength) return native.test(text);",
    reason:
      "engine and automaton give the same answers; which is asked is for speed",
  },
];
