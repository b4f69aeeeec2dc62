import { backtrack } from "./backtrack.ts";
import { parsePattern } from "./parse_pattern.ts";
import { type Program, searchSteps, tooLong } from "./pattern_step.ts";
import { makeSweep, type Search } from "./sweep.ts";
import { trustedLength } from "./trusted_length.ts";

/** Whether a text matches; throws where that would take too long to find out. */
export type Matcher = (text: string) => boolean;

/** Up to so many steps JavaScript's own engine is trusted with a pattern. */
export const trustedSteps = 2e6;

/** How long a pattern may be, in code units. */
export const maxPatternLength = 20_000;

/**
 * Compiles a regular expression, unanchored, so that no text keeps it busy for long. JavaScript's
 * own engine goes back and tries again, which `^(a+)+$` turns into years. So it is asked only where
 * it has few ways to go back on a text of that length; beyond that a search decides that follows
 * all ways at once, with the same answers, or for a pattern with references goes back itself, and
 * counts its steps.
 *
 * `flags` is `""` or `"i"`. Returns null for what is not a valid pattern. The matcher throws where
 * it would take more than 1.5 million steps to find out.
 */
export function compilePattern(source: unknown, flags: string): Matcher | null {
  if (typeof source !== "string") return null;
  try {
    return compileRegExp(source, flags);
  } catch {
    return null;
  }
}

/** The same for any flags; throws for what is not a valid pattern. A flag `g` makes no difference. */
export function compileRegExp(source: string, flags: string): Matcher {
  // Even reading a very long pattern may take the engine seconds.
  if (source.length > maxPatternLength) return fail;
  const native = new RegExp(source, flags.replace("g", ""));
  const usualLength = trustedLength(native.source, trustedSteps);
  let matches: Matcher | null = null;
  return (text) => {
    if (text.length + 1 < usualLength) {
      native.lastIndex = 0;
      return native.test(text);
    }
    matches ??= compileSearch(native.source, native.flags);
    return matches(text);
  };
}

function fail(): never {
  throw tooLong;
}

export function compileSearch(source: string, flags: string): Matcher {
  try {
    const program = parsePattern(source, flags.replace(/[dgy]/g, ""));
    return makeSearch(program, flags.includes("y"));
  } catch (error) {
    if (error === tooLong) return fail;
    throw error;
  }
}

function makeSearch(program: Program, isFirstOnly: boolean): Matcher {
  if (program.slots > 0) {
    return (text) => backtrack(program, text, isFirstOnly);
  }
  const { start, looks, isWide } = program;
  const whole = makeSweep(start, false, isWide, isFirstOnly);
  const sweeps = looks.map(({ start, isBackward }) =>
    makeSweep(start, isBackward, isWide, false)
  );
  return (text) => {
    if (text.length >= searchSteps) throw tooLong;
    const around = new Int32Array(text.length + 1);
    const search: Search = { text, around, steps: searchSteps };
    sweeps.forEach((sweep, index) => {
      const bit = 1 << index;
      if (looks[index]!.isNegative) {
        for (let at = 0; at <= text.length; at++) around[at]! |= bit;
      }
      sweep(search, (position) => {
        around[position]! ^= bit;
        return false;
      });
    });
    let found = false;
    whole(search, () => found = true);
    return found;
  };
}
