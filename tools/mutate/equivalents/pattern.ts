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
    within: "searchSteps",
    before: "const searchSteps = 2e6;",
    after: "const searchSteps = 2000001;",
    reason:
      "the limit is an estimate of what takes long, and need not be exact",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "searchSteps",
    before: "const searchSteps = 2e6;",
    after: "const searchSteps = (1999999);",
    reason:
      "the limit is an estimate of what takes long, and need not be exact",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "compilePattern",
    before:
      "const usualLength = trustedLength(native.source, trustedSteps, 0);",
    after: "const usualLength = trustedLength(native.source, trustedSteps, 1);",
    reason:
      "engine and search give the same answers; which is asked is for speed",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "compilePattern",
    before:
      "const usualLength = trustedLength(native.source, trustedSteps, 0);",
    after:
      "const usualLength = trustedLength(native.source, trustedSteps, (-1));",
    reason:
      "engine and search give the same answers; which is asked is for speed",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "compilePattern",
    before: "if (text.length <= usualLength) return native.test(text);",
    after: ";",
    reason:
      "engine and search give the same answers; which is asked is for speed",
  },
  {
    file: "core/pattern/compile_pattern.ts",
    within: "compilePattern",
    before: "if (text.length <= usualLength) return native.test(text);",
    after: "if (text.length < usualLength) return native.test(text);",
    reason:
      "engine and search give the same answers; which is asked is for speed",
  },
];
