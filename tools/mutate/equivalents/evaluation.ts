import type { Equivalent } from "../equivalent.ts";

/** Of `core/evaluation`. */
export const evaluationEquivalents: readonly Equivalent[] = [
  {
    file: "core/evaluation/collect_events.ts",
    within: "few",
    before: "const few = 32;",
    after: "const few = 33;",
    reason: "a comparison with each and the set give the same",
  },
  {
    file: "core/evaluation/collect_events.ts",
    within: "few",
    before: "const few = 32;",
    after: "const few = (31);",
    reason: "a comparison with each and the set give the same",
  },
];
