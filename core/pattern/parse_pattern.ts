import { fault } from "../support/fault.ts";

/**
 * A piece of a pattern: from the positions where it may begin to those where it may end. All ways
 * to match are followed at once, each position once, so nothing is ever tried again: time grows
 * with the text, and no faster than the loops nest. Source: Norvig, "Design of Computer Programs",
 * 2012, where it goes by the name of matchset.
 */
export type Piece = (
  starts: ReadonlySet<number>,
  search: Search,
) => ReadonlySet<number>;

/** A search in a text. */
export interface Search {
  /** The text. */
  readonly text: string;
  /** From how many more positions something may be tried. */
  steps: number;
}

/** Thrown where it would take too long to find out whether a text matches. */
export const tooLong: Error = /* @__PURE__ */ fault("textTooLong");

/** How long a pattern may be, in code units. */
const maxLength = 4_000;

// The start of a group, an escape, a class, or any other character that doesn't end a sequence.
const atom =
  /\((?:\?(?:([:=!])|<[=!]|<[^>]*>))?|\\(?:c[A-Za-z]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|0\d|.)|\[(?:[^\]\\]|\\.)*\]|[^|)]/sy;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;

// A reference, an octal escape, or the start of a lookbehind.
const unsupported = /^(?:\\(?:[1-9k]|0\d)|\(\?<[=!])/;

/**
 * Reads a pattern that is known to be valid, for a RegExp without the flags `u` and `v`. It matches
 * what that matches. Throws for a pattern with backreferences or lookbehinds, or of more than 4,000
 * code units.
 */
export function parsePattern(source: string, flags: string): Piece {
  if (source.length > maxLength) throw tooLong;
  let position = 0;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(source);
    if (found !== null) position = pattern.lastIndex;
    return found;
  };

  const readAlternatives = (): Piece => {
    const alternatives: Piece[] = [];
    do alternatives.push(readSequence()); while (source[position++] === "|");
    if (alternatives.length === 1) return alternatives[0]!;
    return (starts, search) => {
      const ends = alternatives.flatMap((piece) => [...piece(starts, search)]);
      return collect(ends, search, (end, found) => found.add(end));
    };
  };

  const readSequence = (): Piece => {
    const terms: Piece[] = [];
    for (let found = take(atom); found !== null; found = take(atom)) {
      terms.push(readTerm(found));
    }
    return (starts, search) =>
      terms.reduce((reached, piece) => piece(reached, search), starts);
  };

  const readTerm = ([text, kind]: RegExpExecArray): Piece => {
    if (unsupported.test(text)) throw tooLong;
    const piece = text[0] === "("
      ? inGroup(readAlternatives(), kind)
      : matchUnit(text, flags);
    const [quantified, sign, lowest = 0, comma, highest] = take(quantifier) ??
      [];
    if (quantified === undefined) return piece;
    const least = sign === "+" ? 1 : Number(lowest);
    const most = sign === "?" ? 1 : sign || comma ? highest || Infinity : least;
    return repeat(piece, least, Number(most));
  };

  return readAlternatives();
}

// Goes through positions, a step for each, and gives those that are found from there.
function collect(
  positions: Iterable<number>,
  search: Search,
  visit: (position: number, found: Set<number>) => void,
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const position of positions) {
    if (--search.steps < 0) throw tooLong;
    visit(position, found);
  }
  return found;
}

// A character, or a place such as the start.
function matchUnit(unit: string, flags: string): Piece {
  const pattern = new RegExp(unit, flags + "y");
  return (starts, search) =>
    collect(starts, search, (start, found) => {
      pattern.lastIndex = start;
      if (pattern.test(search.text)) found.add(pattern.lastIndex);
    });
}

// What was reached by fewer repetitions has at least as many left.
function repeat(piece: Piece, least: number, most: number): Piece {
  return (starts, search) => {
    const ends = new Set(least === 0 ? starts : []);
    let reached = starts;
    for (let count = 1; count <= most && reached.size > 0; count++) {
      reached = collect(piece(reached, search), search, (end, found) => {
        if (ends.has(end)) return;
        found.add(end);
        if (count >= least) ends.add(end);
      });
    }
    return ends;
  };
}

// A lookahead lets those positions through from which what is inside matches, or does not.
function inGroup(inside: Piece, kind: string | undefined): Piece {
  if (kind !== "=" && kind !== "!") return inside;
  return (starts, search) =>
    collect(starts, search, (start, found) => {
      const { size } = inside(new Set([start]), search);
      if (size > 0 === (kind === "=")) found.add(start);
    });
}
