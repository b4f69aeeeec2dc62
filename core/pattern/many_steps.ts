import { trustedSteps } from "./compile_pattern.ts";
import { parsePattern } from "./parse_pattern.ts";
import { searchSteps, type Step } from "./pattern_step.ts";
import { trustedLength } from "./trusted_length.ts";

/** The longest text that counts: longer attributes are not usual. */
const textLength = 10_000;

/** With more steps than this it is not within bounds in any case; a class counts as many. */
const mostSteps = 2_000;

/**
 * Tells whether matching a valid pattern could take more steps than it may on a text of 10,000
 * characters. It never misses one that could: a pattern with references may take any number of
 * steps, another as many as it has steps itself for each position and each thing it looks for.
 */
export function mayTakeManySteps(source: string, ignoreCase: boolean): boolean {
  if (trustedLength(source, trustedSteps) > textLength + 1) return false;
  try {
    const { start, looks, slots } = parsePattern(
      source,
      ignoreCase ? "i" : "",
      mostSteps,
    );
    if (slots > 0) return true;
    const all = listSteps(start);
    const around = looks.reduce(
      (sum, look) => sum + listSteps(look.start).length + 1,
      0,
    );
    // One that begins at the start of the text alone gets no further than it has steps.
    const whole = start.native?.source === "^" && !hasLoop(all)
      ? all.length ** 2 + 4 * textLength
      : (all.length + 1) * (textLength + 1);
    return whole + around * (textLength + 1) > searchSteps;
  } catch {
    return true;
  }
}

function listSteps(start: Step): readonly Step[] {
  const seen = new Set([start]);
  for (const { next, other } of seen) {
    if (next) seen.add(next);
    if (other) seen.add(other);
  }
  return [...seen];
}

// A step is made after those that it leads to, but for the one where a loop comes back.
function hasLoop(steps: readonly Step[]): boolean {
  return steps.some(({ id, next, other }) =>
    (next?.id ?? 0) > id || (other?.id ?? 0) > id
  );
}
