import { fault } from "../support/fault.ts";
import { match, runAutomaton, type State } from "./automaton.ts";

/**
 * Makes the states of a piece of a pattern, in front of the state that follows it. Returns the
 * state that the piece begins with.
 */
export type Emit = (next: State) => State;

/** A pattern, read far enough to tell how long it may take and to build an automaton from it. */
export interface ParsedPattern {
  /** Makes the states of the pattern; null where it has what no automaton can match. */
  readonly emit: Emit | null;
  /** Whether something that may match in several ways is repeated: time may be exponential. */
  readonly isNested: boolean;
  /** How many repetitions have no upper bound. */
  readonly loops: number;
  /** In how many ways the alternatives and bounded repetitions may be combined. */
  readonly choices: number;
}

/** How many states an automaton may have. */
const maxStates = 4_000;

const tooManyStates = /* @__PURE__ */ fault("tooManyStates");

// The start of a group, an escape, a class, or any other character that doesn't end a sequence.
const atom =
  /\((?:\?(?:([:=!])|<[=!]|<[^>]*>))?|\\(?:c[A-Za-z]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|0\d|.)|\[(?:[^\]\\]|\\.)*\]|[^|)]/sy;
const quantifier = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;

// A reference, an octal escape, or the start of a lookbehind.
const unsupported = /^(?:\\(?:[1-9k]|0\d)|\(\?<[=!])/;

/** Reads a pattern that is known to be valid, for a RegExp without the flags `u` and `v`. */
export function parsePattern(source: string, flags: string): ParsedPattern {
  let position = 0;
  let isSupported = true;
  let isNested = false;
  let loops = 0;
  let choices = 1;
  let states = 1;

  const add = (test: State["test"], width: 0 | 1, next: State["next"]) => {
    if (++states > maxStates) throw tooManyStates;
    return { test, width, next };
  };

  const split = (...next: State[]): State => add(() => true, 0, next);

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(source);
    if (found !== null) position = pattern.lastIndex;
    return found;
  };

  const readAlternatives = (): Emit => {
    const alternatives: Emit[] = [];
    do alternatives.push(readSequence()); while (source[position++] === "|");
    choices *= alternatives.length;
    return alternatives.length === 1
      ? alternatives[0]!
      : (next) => split(...alternatives.map((emit) => emit(next)));
  };

  const readSequence = (): Emit => {
    const terms: Emit[] = [];
    for (let found = take(atom); found !== null; found = take(atom)) {
      terms.push(readTerm(found));
    }
    return (next) => terms.reduceRight((after, emit) => emit(after), next);
  };

  const readTerm = (found: RegExpExecArray): Emit => {
    const before = loops + choices;
    const emit = found[0][0] === "(" ? readGroup(found) : readUnit(found[0]);
    const [quantified, sign, lowest, comma, highest] = take(quantifier) ?? [];
    if (quantified === undefined) return emit;
    const least = sign === undefined ? Number(lowest) : sign === "+" ? 1 : 0;
    const most = sign === "?"
      ? 1
      : sign !== undefined || comma !== undefined && highest === ""
      ? Infinity
      : Number(highest ?? least);
    if (most > 1 && loops + choices > before) isNested = true;
    if (most === Infinity) loops++;
    else choices *= most - least + 1;
    return (next) => repeat(emit, least, most, next);
  };

  const repeat = (emit: Emit, least: number, most: number, next: State) => {
    let start = next;
    if (most === Infinity) {
      const loop = start = split();
      loop.next = [emit(loop), next];
    } else {
      for (let count = least; count < most; count++) {
        start = split(emit(start), next);
      }
    }
    for (let count = 0; count < least; count++) start = emit(start);
    return start;
  };

  const readUnit = (unit: string): Emit => {
    if (unsupported.test(unit)) isSupported = false;
    // Anchors and word boundaries take nothing, anything else takes one code unit.
    const width = /^(?:[$^]|\\b)$/i.test(unit) ? 0 : 1;
    return (next) => {
      const pattern = new RegExp(unit, flags + "y");
      return add(
        (text, position) => {
          pattern.lastIndex = position;
          return pattern.test(text);
        },
        width,
        [next],
      );
    };
  };

  const readGroup = ([start, kind]: RegExpExecArray): Emit => {
    if (unsupported.test(start)) isSupported = false;
    const emit = readAlternatives();
    if (kind === undefined || kind === ":") return emit;
    return (next) => {
      const inside = emit(match);
      return add(
        (text, position, effort) =>
          runAutomaton(inside, text, position, true, effort) === (kind === "="),
        0,
        [next],
      );
    };
  };

  const emit = readAlternatives();
  return { emit: isSupported ? emit : null, isNested, loops, choices };
}
