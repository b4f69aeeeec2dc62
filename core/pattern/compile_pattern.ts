import { parsePattern, type Piece, tooLong } from "./parse_pattern.ts";
import { readPattern } from "./read_pattern.ts";
import { trustedLength } from "./trusted_length.ts";

/** Whether a text matches; throws where that would take too long to find out. */
export type Matcher = (text: string) => boolean;

/** Up to so many steps, by estimate, JavaScript's own engine is trusted with a pattern. */
const trustedSteps = 1e6;

/** Where nothing else can match it, the engine is given so many steps. */
const lastResortSteps = 1e9;

/** And a pattern that may take exponential time is given texts up to this length then. */
const lastResortLength = 20;

/** So many steps our own search may take: a fraction of a second. */
const searchSteps = 2e6;

/**
 * Compiles a regular expression, unanchored, so that no text keeps it busy for long. JavaScript's
 * own engine goes back and tries again, which `^(a+)+$` turns into years. So it decides as long as
 * there are few ways to go back for a text of that length; beyond that a search does that never
 * goes back, with the same answers.
 *
 * `flags` is `""` or `"i"`. Returns null for what is not a valid pattern. The matcher throws where
 * neither can be trusted: for a text of two million code units, and for a pattern with backreferences
 * or lookbehinds, or of more than 4,000 code units, that could take very long on a text of that
 * length.
 */
export function compilePattern(source: unknown, flags: string): Matcher | null {
  const native = readPattern(source, flags);
  if (native === null) return null;
  const usualLength = trustedLength(native.source, trustedSteps, 0);
  let piece: Piece | null | undefined;
  return (text) => {
    if (text.length <= usualLength) return native.test(text);
    if (piece === undefined) piece = parseSafely(native.source, flags);
    if (piece !== null) return matchesAnywhere(piece, text);
    const length = trustedLength(
      native.source,
      lastResortSteps,
      lastResortLength,
    );
    if (text.length > length) throw tooLong;
    return native.test(text);
  };
}

// Null for what can't be read; groups may also nest too deep for it.
function parseSafely(source: string, flags: string): Piece | null {
  try {
    return parsePattern(source, flags);
  } catch {
    return null;
  }
}

function matchesAnywhere(piece: Piece, text: string): boolean {
  if (text.length >= searchSteps) throw tooLong;
  const starts = new Set(Array(text.length + 1).keys());
  return piece(starts, { text, steps: searchSteps }).size > 0;
}
