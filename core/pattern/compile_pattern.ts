import { attempt } from "../support/attempt.ts";
import { parsePattern } from "./parse_pattern.ts";
import { maxPatternLength, readPattern } from "./read_pattern.ts";
import { type Budget, searchSteps, tooLong } from "./pattern_step.ts";
import { scanFrom } from "./search_text.ts";
import { trustedLength } from "./trusted_length.ts";

/** Whether a text matches; throws where that would take too long to find out. */
export type Matcher = (text: string) => boolean;

/** Whether a text matches, found out within a budget; throws where that isn't enough. */
export type Search = (text: string, budget: Budget) => boolean;

/** Up to so many steps JavaScript's own engine is trusted with a pattern. */
export const trustedSteps = 2e6;

/**
 * Compiles a regular expression, unanchored, so that no text keeps it busy for long. JavaScript's
 * own engine goes back and tries again, which `^(a+)+$` turns into years. So it is asked only where
 * it has few ways to go back on a text of that length; beyond that a search decides that follows
 * all ways at once, with the same answers, or for a pattern with references goes back itself, and
 * counts its steps.
 *
 * `flags` is `""` or `"i"`. Returns null for what is not a valid pattern. The matcher throws where
 * it would take more than 600,000 steps to find out.
 */
export function compilePattern(source: unknown, flags: string): Matcher | null {
  if (typeof source !== "string") return null;
  if (source.length > maxPatternLength) return fail;
  const native = readPattern(source, flags.replace("g", ""));
  if (native === null) return null;
  const usualLength = trustedLength(source, trustedSteps);
  const isUnicode = /[uv]/.test(flags);
  let matches: Search | null = null;
  return (text) => {
    if (text.length + 1 < usualLength) {
      // A sticky one goes on where it was.
      native.lastIndex = 0;
      return native.test(text);
    }
    if (
      isUnicode &&
      (hasUnicodeSyntax(source) || /[\x80-\uffff]/.test(source + text))
    ) {
      fail();
    }
    matches ??= compileSearch(source, flags);
    return matches(text, { steps: searchSteps });
  };
}

/**
 * Compiles a regular expression of the application in the same way. It is not run itself: a test
 * starts at the start of the text, and reads and changes no `lastIndex`. The search reads one with the
 * flag `u` or `v` as if it had none, which is the same where pattern and text are plain ASCII; elsewhere
 * the matcher throws at once.
 */
export function compileRegExp({ source, flags }: RegExp): Matcher {
  return compilePattern(source, flags) ?? fail;
}

// What may mean something else without the flag. An escaped bracket neither opens a class nor closes one.
function hasUnicodeSyntax(source: string): boolean {
  return /\\|--|&&|\[[^\]]*\[/.test(source.replace(/\\[^pPqu]/g, ""));
}

function fail(): never {
  throw tooLong;
}

/** Compiles it without JavaScript's own engine, which gets single characters only. */
export function compileSearch(source: string, flags: string): Search {
  return attempt<Search>(() => {
    const { start, marks } = parsePattern(
      source,
      flags.replace(/[dguvy]/g, ""),
    );
    const isAnywhere = !flags.includes("y");
    return (text, budget) => {
      const search = { text, budget, found: new Map() };
      return scanFrom(search, start, false, 0, marks, isAnywhere) !== undefined;
    };
  }, fail);
}
