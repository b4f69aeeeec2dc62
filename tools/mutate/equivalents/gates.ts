import type { Equivalent } from "../equivalent.ts";

/** Of `core/gates`, as far as it was tried. */
export const gateEquivalents: readonly Equivalent[] = [
  {
    file: "core/gates/bucketing/sticky_bucket.ts",
    within: "findAssignment",
    before: ": -1;",
    after: ": -2;",
    reason: "any number below 0 is no variation",
  },
];
