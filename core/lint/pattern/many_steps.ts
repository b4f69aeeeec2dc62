import { trustedSteps } from "../../pattern/compile_pattern.ts";
import { parsePattern } from "../../pattern/parse_pattern.ts";
import {
  askingSteps,
  looks,
  searchSteps,
  stands,
  type Step,
  takes,
} from "../../pattern/pattern_step.ts";
import { trustedLength } from "../../pattern/trusted_length.ts";

/** The longest text that counts: longer attributes are not usual. */
const textLength = 10_000;

/**
 * Tells whether matching a valid pattern could take more steps than it may on a text of 10,000
 * characters. It never misses one that could: a pattern with references may take any number of
 * steps, another at most as many as its own steps cost, for each position.
 *
 * It does not look at longer texts. What is quick on any text of 100,000 characters has a tenth of
 * the steps, and most patterns with two classes would be reported that never come to such a text.
 */
export function mayTakeManySteps(source: string, ignoreCase: boolean): boolean {
  if (trustedLength(source, trustedSteps) > textLength + 1) return false;
  try {
    const program = parsePattern(source, ignoreCase ? "i" : "");
    if (program.usesReferences) return true;
    const cost = costOf(program.start);
    // One that begins at the start of the text alone gets no further than it has steps.
    const isShort = source[0] === "^" && program.start.kind === stands &&
      !/[*+]|,\}/.test(source);
    const most = isShort
      ? cost ** 2 + (costOfLooks(program.start) + 3) * textLength
      : (cost + 1) * (textLength + 1);
    return most > searchSteps;
  } catch {
    return true;
  }
}

/** What the steps cost that are tried at a position, each at most once. */
function costOf(start: Step): number {
  let cost = 0;
  for (const { kind, test } of stepsFrom(start)) {
    cost += kind === looks || kind === takes && typeof test === "function"
      ? 1 + askingSteps
      : 1;
  }
  return cost;
}

/** What those cost that are looked for, which is done at all positions. */
function costOfLooks(start: Step): number {
  let cost = 0;
  for (const { kind, other } of stepsFrom(start)) {
    if (kind === looks) cost += costOf(other!);
  }
  return cost;
}

function stepsFrom(start: Step): ReadonlySet<Step> {
  const seen = new Set([start]);
  for (const { next, other } of seen) {
    if (next) seen.add(next);
    if (other) seen.add(other);
  }
  return seen;
}
