import { match, runAutomaton, type State, tooLong } from "./automaton.ts";
import { type ParsedPattern, parsePattern } from "./parse_pattern.ts";
import { readPattern } from "./read_pattern.ts";

/** Whether a text matches; throws where that would take too long to find out. */
export type Matcher = (text: string) => boolean;

/** Up to so many steps, by estimate, JavaScript's own engine is trusted with a pattern. */
const trustedSteps = 1e6;

/** Where there is no automaton, it is given so many steps. */
const lastResortSteps = 1e9;

/** And a pattern that may take exponential time is given texts up to this length then. */
const lastResortLength = 20;

/** So many steps an automaton may take: a fraction of a second. */
const automatonSteps = 1e7;

/**
 * Compiles a regular expression, unanchored, so that no text keeps it busy for long. JavaScript's
 * own engine goes back and tries again, which `^(a+)+$` turns into years. So a pattern is read
 * first: as long as there are few ways to go back for a text of that length, the engine decides;
 * beyond that an automaton does, with the same answers in time that grows with the text alone.
 *
 * `flags` is `""` or `"i"`. Returns null for what is not a valid pattern. The matcher throws where
 * neither can be trusted: for a pattern with backreferences, lookbehinds or more than 4,000 states
 * that could take very long on a text of that length.
 */
export function compilePattern(source: unknown, flags: string): Matcher | null {
  const native = readPattern(source, flags);
  if (native === null) return null;
  const parsed = readParsed(native.source, flags);
  const trustedLength = lengthWithin(parsed, trustedSteps, 0);
  let start: State | null | undefined;
  return (text) => {
    if (text.length <= trustedLength) return native.test(text);
    if (start === undefined) start = buildAutomaton(parsed);
    if (start !== null) {
      return runAutomaton(start, text, 0, false, { steps: automatonSteps });
    }
    const length = lengthWithin(parsed, lastResortSteps, lastResortLength);
    if (text.length > length) throw tooLong;
    return native.test(text);
  };
}

// For n code units there are about n ways to begin, n for each loop, and those of the choices.
function lengthWithin(
  { isNested, loops, choices }: ParsedPattern,
  steps: number,
  nestedLength: number,
): number {
  return isNested ? nestedLength : (steps / choices) ** (1 / (loops + 1));
}

const unreadable: ParsedPattern = {
  emit: null,
  isNested: true,
  loops: 0,
  choices: 1,
};

// Groups may nest too deep to be read.
function readParsed(source: string, flags: string): ParsedPattern {
  try {
    return parsePattern(source, flags);
  } catch {
    return unreadable;
  }
}

// Null where there is none: the pattern has what it can't match, or too many states.
function buildAutomaton({ emit }: ParsedPattern): State | null {
  try {
    return emit === null ? null : emit(match);
  } catch {
    return null;
  }
}
