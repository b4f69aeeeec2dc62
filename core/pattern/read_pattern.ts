import { attempt } from "../support/attempt.ts";

/** How long a pattern may be, in code units: JavaScript's own engine may read a longer one for seconds. */
export const maxPatternLength = 20_000;

/**
 * Makes a regular expression, and does not run it; null where the source isn't a valid one, or
 * longer than 20,000 code units.
 */
export function readPattern(source: unknown, flags: string): RegExp | null {
  if (typeof source !== "string" || source.length > maxPatternLength) {
    return null;
  }
  return attempt(() => new RegExp(source, flags), null);
}
