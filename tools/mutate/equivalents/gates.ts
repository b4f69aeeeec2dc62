import type { Equivalent } from "../equivalent.ts";

/** Of `core/gates`. */
export const gateEquivalents: readonly Equivalent[] = [
  {
    file: "core/gates/bucketing/bucket.ts",
    within: "listSpans",
    before: "return isList(ranges) && Array.from(ranges).every(Array.isArray)",
    after: "return isList(ranges) || Array.from(ranges).every(Array.isArray)",
    reason: "what spans can't be made of throws, and is searched as it is",
  },
  {
    file: "core/gates/bucketing/bucket.ts",
    within: "listSpans",
    before: "? ranges.map((range) => spanOf(range, scale))",
    after: "? ranges.map((range) => undefined)",
    reason:
      "without spans ranges are searched as they are; spans are for speed",
  },
  {
    file: "core/gates/bucketing/bucket.ts",
    within: "listSpans",
    before:
      "return isList(ranges) && Array.from(ranges).every(Array.isArray) ? ranges.map((range) => spanOf(range, scale)) : [];",
    after: "return [];",
    reason:
      "without spans ranges are searched as they are; spans are for speed",
  },
  {
    file: "core/gates/bucketing/coverage.ts",
    within: "coverage",
    before: "needsOption: true,",
    after: "needsOption: false,",
    reason:
      "the loop asks this itself where there are no options; twice is only slower",
  },
  {
    file: "core/gates/bucketing/hash_value.ts",
    within: "hashValue",
    before: "needsOption: true,",
    after: "needsOption: false,",
    reason:
      "the loop asks this itself where there are no options; twice is only slower",
  },
  {
    file: "core/gates/bucketing/rollout.ts",
    within: "compileRollout",
    before: "from: 0,",
    after: "from: (-1),",
    reason: "no bucket is below 0",
  },
  {
    file: "core/gates/bucketing/rollout.ts",
    within: "compileRollout",
    before: "? -1",
    after: "? -2",
    reason: "any number below 0 says that no user is included",
  },
  {
    file: "core/gates/bucketing/rollout.ts",
    within: "includes",
    before: "if (to < 0) return false;",
    after: "if (to <= 0) return false;",
    reason: "where no bucket is included, no user is, hashed or not",
  },
  {
    file: "core/gates/bucketing/rollout.ts",
    within: "includes",
    before: "if (to < 0) return false;",
    after: "if (to < 1) return false;",
    reason: "where no bucket is included, no user is, hashed or not",
  },
  {
    file: "core/gates/bucketing/sticky_bucket.ts",
    within: "stickyBucket",
    before: "needsOption: true,",
    after: "needsOption: false,",
    reason:
      "without options the loop passes over it, as over all that settles; making it is only slower",
  },
  {
    file: "core/gates/bucketing/sticky_version.ts",
    within: "stickyVersion",
    before: "needsOption: true,",
    after: "needsOption: false,",
    reason: "without options nothing blocks, and the loop passes over it",
  },
  {
    file: "core/gates/state/enabled.ts",
    within: "enabled",
    before: "needsOption: true,",
    after: "needsOption: false,",
    reason:
      "without the option it lets everybody through; asking is only slower",
  },
  {
    file: "core/gates/state/force.ts",
    within: "force",
    before: "const { force: variation = -1 } = experiment;",
    after: "const { force: variation = -2 } = experiment;",
    reason: "any number below 0 is no variation",
  },
  {
    file: "core/gates/state/forced_variation.ts",
    within: "forcedVariation",
    before: "needsOption: true,",
    after: "needsOption: false,",
    reason:
      "without options the loop passes over it, as over all that settles; making it is only slower",
  },
  {
    file: "core/gates/state/qa_mode.ts",
    within: "qaMode",
    before: "needsOption: true,",
    after: "needsOption: false,",
    reason:
      "without the option it lets everybody through; asking is only slower",
  },
  {
    file: "core/gates/state/query_string.ts",
    within: "queryString",
    before: "needsOption: true,",
    after: "needsOption: false,",
    reason:
      "without options the loop passes over it, as over all that settles; making it is only slower",
  },
  {
    file: "core/gates/step.ts",
    within: "checks",
    before: "export const checks = 0;",
    after: "export const checks = (-1);",
    reason: "the codes only have to differ",
  },
  {
    file: "core/gates/step.ts",
    within: "isRolledOut",
    before: "export const isRolledOut = 2;",
    after: "export const isRolledOut = 3;",
    reason: "no rule finds a bucket so, and no experiment has a rollout",
  },
  {
    file: "core/gates/step.ts",
    within: "findsBucket",
    before: "export const findsBucket = 3;",
    after: "export const findsBucket = 4;",
    reason: "the codes only have to differ",
  },
  {
    file: "core/gates/step.ts",
    within: "findsBucket",
    before: "export const findsBucket = 3;",
    after: "export const findsBucket = (2);",
    reason: "no rule finds a bucket so, and no experiment has a rollout",
  },
];
