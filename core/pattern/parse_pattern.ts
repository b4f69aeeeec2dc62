import {
  addAssertion,
  addSplit,
  addUnit,
  type Automaton,
} from "./automaton.ts";

/**
 * Adds a piece of a pattern to an automaton, in front of the state that follows it. Returns the
 * state that the piece begins with.
 */
export type Emit = (automaton: Automaton, next: number) => number;

/** A pattern, read far enough to tell how long it may take and to build an automaton from it. */
export interface ParsedPattern {
  /** Adds the pattern to an automaton; null where it has what no automaton can match. */
  readonly emit: Emit | null;
  /** Whether something that may match in several ways is repeated: time may be exponential. */
  readonly isNested: boolean;
  /** How many repetitions have no upper bound. */
  readonly loops: number;
  /** In how many ways the alternatives and bounded repetitions may be combined. */
  readonly choices: number;
}

/** Reads a pattern that is known to be valid, for a RegExp without the flags `u` and `v`. */
export function parsePattern(source: string, flags: string): ParsedPattern {
  const reader: Reader = {
    source,
    flags,
    position: 0,
    isSupported: true,
    isNested: false,
    loops: 0,
    choices: 1,
  };
  const emit = readAlternatives(reader);
  const { isSupported, isNested, loops, choices } = reader;
  return {
    emit: isSupported ? emit : null,
    isNested,
    loops,
    choices,
  };
}

interface Reader {
  readonly source: string;
  readonly flags: string;
  position: number;
  isSupported: boolean;
  isNested: boolean;
  loops: number;
  choices: number;
}

const escapeLength = /\\(?:c[A-Za-z]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|.)/sy;
const classLength = /\[(?:[^\]\\]|\\.)*\]/sy;
const quantifier = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;
const groupStart = /\((?:\?(?:([:=!])|(<[=!])|<[^>]*>))?/y;
const unsupportedEscape = /^\\[1-9k]$/;

function readAlternatives(reader: Reader): Emit {
  const alternatives = [readSequence(reader)];
  while (reader.source[reader.position] === "|") {
    reader.position++;
    alternatives.push(readSequence(reader));
  }
  reader.choices *= alternatives.length;
  return (automaton, next) =>
    alternatives
      .map((emit) => emit(automaton, next))
      .reduce((left, right) => addSplit(automaton, left, right));
}

function readSequence(reader: Reader): Emit {
  const terms: Emit[] = [];
  while (
    reader.position < reader.source.length &&
    !"|)".includes(reader.source[reader.position]!)
  ) {
    terms.push(readTerm(reader));
  }
  return (automaton, next) =>
    terms.reduceRight((after, emit) => emit(automaton, after), next);
}

function readTerm(reader: Reader): Emit {
  const { loops, choices } = reader;
  const emit = readAtom(reader);
  const found = take(reader, quantifier);
  if (found === null) return emit;
  const [, sign, lowest, comma, highest] = found;
  const least = sign === undefined ? Number(lowest) : sign === "+" ? 1 : 0;
  const most = sign === undefined
    ? comma === undefined ? least : Number(highest || Infinity)
    : sign === "?"
    ? 1
    : Infinity;
  const varies = reader.loops > loops || reader.choices > choices;
  if (most > 1 && varies) reader.isNested = true;
  if (most === Infinity) reader.loops++;
  else reader.choices *= most - least + 1;
  return repeat(emit, least, most);
}

function repeat(emit: Emit, least: number, most: number): Emit {
  return (automaton, next) => {
    let start = next;
    if (most === Infinity) {
      start = addSplit(automaton, next, next);
      automaton.first[start] = emit(automaton, start);
    } else {
      for (let count = least; count < most; count++) {
        start = addSplit(automaton, emit(automaton, start), next);
      }
    }
    for (let count = 0; count < least; count++) start = emit(automaton, start);
    return start;
  };
}

function readAtom(reader: Reader): Emit {
  const { source, flags, position } = reader;
  const unit = source[position]!;
  if (unit === "(") return readGroup(reader);
  if (unit === "^" || unit === "$") {
    reader.position++;
    return (automaton, next) => addAssertion(automaton, unit, next);
  }
  const atom = unit === "\\"
    ? take(reader, escapeLength)![0]
    : unit === "["
    ? take(reader, classLength)![0]
    : source[reader.position++]!;
  if (atom === "\\b" || atom === "\\B") {
    return (automaton, next) => addAssertion(automaton, atom, next);
  }
  if (unsupportedEscape.test(atom) || isOctal(reader, atom)) {
    reader.isSupported = false;
  }
  return (automaton, next) => addUnit(automaton, atom, flags, next);
}

function isOctal(reader: Reader, atom: string): boolean {
  return atom === "\\0" && /\d/.test(reader.source[reader.position] ?? "");
}

function readGroup(reader: Reader): Emit {
  const [, kind, behind] = take(reader, groupStart)!;
  const isLookahead = kind === "=" || kind === "!";
  const emit = readAlternatives(reader);
  reader.position++;
  if (behind !== undefined) reader.isSupported = false;
  if (!isLookahead) return emit;
  return (automaton, next) =>
    addAssertion(automaton, emit(automaton, automaton.match), next, kind);
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.position;
  const found = pattern.exec(reader.source);
  if (found !== null) reader.position = pattern.lastIndex;
  return found;
}
