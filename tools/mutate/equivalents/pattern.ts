import type { Equivalent } from "../equivalent.ts";

/** Of `core/pattern`, as far as it was tried. */
export const patternEquivalents: readonly Equivalent[] = [
  {
    file: "core/lint/pattern/adjacent_repeats.ts",
    within: "hasAdjacentRepeats",
    before: "last = { set, count, isSideBySide: true };",
    after: "last = { set, count, isSideBySide: false };",
    reason: "after two repeats a third counts in any case",
  },
  {
    file: "core/lint/pattern/character_set.ts",
    within: "characterOf",
    before:
      "const bit = unit < asciiCount ? unit : asciiCount + unit % sharedCount;",
    after:
      "const bit = unit <= asciiCount ? unit : asciiCount + unit % sharedCount;",
    reason:
      "the first unit beyond ASCII has the bit of its own number in any case",
  },
  {
    file: "core/lint/pattern/character_set.ts",
    within: "characterRange",
    before: "return beyondAscii | rangeOfBits(start, asciiCount - 1);",
    after: "return beyondAscii | rangeOfBits(start, asciiCount + 1);",
    reason: "the bits that are added are there already",
  },
  {
    file: "core/lint/pattern/character_set.ts",
    within: "characterRange",
    before: "return beyondAscii | rangeOfBits(start, asciiCount - 1);",
    after: "return beyondAscii | rangeOfBits(start, asciiCount - (0));",
    reason: "the bits that are added are there already",
  },
];
