import type { Equivalent } from "../equivalent.ts";

/** Of `core/hash` and `core/bucket`. */
export const bucketEquivalents: readonly Equivalent[] = [
  {
    file: "core/bucket/get_bucket_ranges.ts",
    within: "getBucketRanges",
    before: "coverage: number = 1,",
    after: "coverage: number = 2,",
    reason: "a coverage above 1 is taken as 1",
  },
  {
    file: "core/bucket/get_bucket_ranges.ts",
    within: "getBucketRanges",
    before: "const share = coverage < 0 ? 0 : coverage > 1 ? 1 : coverage;",
    after: "const share = coverage <= 0 ? 0 : coverage > 1 ? 1 : coverage;",
    reason: "0 is taken as 0",
  },
  {
    file: "core/bucket/get_bucket_ranges.ts",
    within: "getBucketRanges",
    before: "const share = coverage < 0 ? 0 : coverage > 1 ? 1 : coverage;",
    after: "const share = coverage < 0 ? 0 : coverage >= 1 ? 1 : coverage;",
    reason: "1 is taken as 1",
  },
  {
    file: "core/bucket/get_equal_weights.ts",
    within: "getEqualWeights",
    before: "if (!(numVariations >= 1)) return [];",
    after: "if (!(numVariations >= (0))) return [];",
    reason: "from 0 to 1, what is cut to an integer is 0, and a list of none",
  },
  {
    file: "core/hash/compile_hash.ts",
    within: "bucketOf",
    before: 'if (typeof value !== "string") return bucketOfOther(hash, value);',
    after: 'if (typeof value !== "") return bucketOfOther(hash, value);',
    reason: "a text is its own text; asking first is for speed",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "fnvOffset",
    before: "export const fnvOffset: number = 0x811c9dc5 | 0;",
    after: "export const fnvOffset: number = 0x811c9dc5 | 1;",
    reason: "the offset is odd, so its last bit is set already",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "leastUsualHalf",
    before: "const leastUsualHalf = 50_000_000;",
    after: "const leastUsualHalf = 50000001;",
    reason: "a number that is folded as a text gives the same",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "foldDecimal",
    before: "const half = number >>> 1;",
    after: "const half = number >> 1;",
    reason: "a half below 0 has the number folded as a text, which is the same",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "foldDecimal",
    before:
      "if (half < leastUsualHalf) return foldText(state, String(number));",
    after:
      "if (half <= leastUsualHalf) return foldText(state, String(number));",
    reason: "a number that is folded as a text gives the same",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "foldDecimal",
    before:
      "return foldFiveDigits(foldFiveDigits(state, high, 10_000), low, 0);",
    after:
      "return foldFiveDigits(foldFiveDigits(state, high, 10_000), low, (-1));",
    reason: "no number is below 0 here, where all five digits are folded",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "foldFiveDigits",
    before: "const tenThousands = Math.imul(number >>> 4, 6711) >>> 22;",
    after: "const tenThousands = Math.imul(number >> 4, 6711) >>> 22;",
    reason: "no number is below 0 here",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "foldFiveDigits",
    before: "const tenThousands = Math.imul(number >>> 4, 6711) >>> 22;",
    after: "const tenThousands = Math.imul(number >>> 4, 6711) >> 22;",
    reason: "the product is below 2^31",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "foldFiveDigits",
    before: "const hundreds = Math.imul(four, 5243) >>> 19;",
    after: "const hundreds = Math.imul(four, 5243) >> 19;",
    reason: "the product is below 2^31",
  },
  {
    file: "core/hash/fnv1a.ts",
    within: "foldTwoDigits",
    before: "const tens = Math.imul(number, 103) >>> 10;",
    after: "const tens = Math.imul(number, 103) >> 10;",
    reason: "the product is below 2^31",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "weigh",
    before: "const widths = measure(isList(ranges) ? ranges : [[0, 0]]);",
    after: "const widths = measure(isList(ranges) ? ranges : [[1, 0]]);",
    reason: "a range that ends before it begins holds nobody either",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "weigh",
    before: "const widths = measure(isList(ranges) ? ranges : [[0, 0]]);",
    after: "const widths = measure(isList(ranges) ? ranges : [[(-1), 0]]);",
    reason: "a range that ends before it begins holds nobody either",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "weigh",
    before: "const widths = measure(isList(ranges) ? ranges : [[0, 0]]);",
    after: "const widths = measure(isList(ranges) ? ranges : [[0, (-1)]]);",
    reason: "a range that ends before it begins holds nobody either",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "measure",
    before: "if (chosen >= 0) widths[chosen]! += end - start;",
    after: "if (chosen >= (-1)) widths[chosen]! += end - start;",
    reason: "what no range covers is kept at no index of the list",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "clip",
    before: "return end > start ? [start, end] : [0, 0];",
    after: "return end >= start ? [start, end] : [0, 0];",
    reason: "a range without width covers nothing, wherever it is",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "clip",
    before: "return end > start ? [start, end] : [0, 0];",
    after: "return end > start ? [start, end] : [1, 0];",
    reason:
      "a range that ends before it begins covers nothing, and no part of another",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "clip",
    before: "return end > start ? [start, end] : [0, 0];",
    after: "return end > start ? [start, end] : [0, (-1)];",
    reason:
      "a range that ends before it begins covers nothing, and no part of another",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "clip",
    before: "}, [0, 0]);",
    after: "}, [1, 0]);",
    reason:
      "a range that ends before it begins covers nothing, and no part of another",
  },
  {
    file: "core/bucket/get_weights_in_force.ts",
    within: "clip",
    before: "}, [0, 0]);",
    after: "}, [0, (-1)]);",
    reason:
      "a range that ends before it begins covers nothing, and no part of another",
  },
];
