import type { Equivalent } from "./equivalent.ts";

/** The mutants that are known to survive, each with the reason why that is no fault of the tests. */
export const equivalents: readonly Equivalent[] = [];
