import { trustedSteps } from "../../pattern/compile_pattern.ts";
import { searchSteps } from "../../pattern/pattern_step.ts";
import { trustedLength } from "../../pattern/trusted_length.ts";
import { mostSteps } from "./most_steps.ts";

/** The longest text that counts: longer attributes are not usual. */
const textLength = 10_000;

/**
 * Tells whether matching a valid pattern could take more steps than it may on a text of 10,000
 * characters. It never misses one that could; see `mostSteps()` for those it only suspects.
 *
 * It does not look at longer texts. What is quick on any text of 100,000 characters has a tenth of
 * the steps, and most patterns with two classes would be reported that never come to such a text.
 */
export function mayTakeManySteps(source: string, ignoreCase: boolean): boolean {
  if (trustedLength(source, trustedSteps) > textLength + 1) return false;
  return mostSteps(source, ignoreCase, textLength, searchSteps) > searchSteps;
}
