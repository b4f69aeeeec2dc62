import { assert } from "@std/assert";
import { logGamma } from "../../../core/statistics/log_gamma.ts";

/** As mpmath 1.3 gives them. */
const exact: readonly (readonly [value: number, logarithm: number])[] = [
  [0.5, 0.5723649429247001],
  [1, 0.0],
  [1.5, -0.1207822376352452],
  [2, 0.0],
  [3.7, 1.428072326665388],
  [10, 12.80182748008147],
  [100, 359.1342053695754],
  [10000.0, 82099.71749644238],
  [0.001, 6.907178885383854],
];

Deno.test("logGamma() agrees with exact values to thirteen digits", () => {
  for (const [value, logarithm] of exact) {
    const error = Math.abs(logGamma(value) - logarithm);
    assert(error <= 1e-13 * Math.max(1, Math.abs(logarithm)), String(value));
  }
});
