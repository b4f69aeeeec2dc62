import type { Equivalent } from "./equivalent.ts";
import { bucketEquivalents } from "./equivalents/bucket.ts";
import { conditionEquivalents } from "./equivalents/condition.ts";
import { evaluationEquivalents } from "./equivalents/evaluation.ts";
import { experimentEquivalents } from "./equivalents/experiment.ts";
import { featureEquivalents } from "./equivalents/feature.ts";
import { gateEquivalents } from "./equivalents/gates.ts";
import { patternEquivalents } from "./equivalents/pattern.ts";

/**
 * The mutants that are known to survive, each with the reason why that is no fault of the tests: it
 * gives the same answers, or what it changes is a limit or a cost that need not be exact.
 */
export const equivalents: readonly Equivalent[] = [
  ...bucketEquivalents,
  ...conditionEquivalents,
  ...evaluationEquivalents,
  ...experimentEquivalents,
  ...featureEquivalents,
  ...gateEquivalents,
  ...patternEquivalents,
];
