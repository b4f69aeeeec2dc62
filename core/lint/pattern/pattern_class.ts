import {
  anyCharacter,
  characterOf,
  characterRange,
  type CharacterSet,
  complement,
  digits,
  spaces,
  wordCharacters,
} from "./character_set.ts";

/** The source of a regular expression, and how far it was read. */
export interface PatternReader {
  /** The source. */
  readonly source: string;
  /** The next character. */
  position: number;
}

/** Reads a class of characters, of which the opening bracket was read. */
export function readClass(
  reader: PatternReader,
  fold: (set: CharacterSet) => CharacterSet,
): CharacterSet {
  const { source } = reader;
  const isNegated = source[reader.position] === "^";
  if (isNegated) reader.position++;
  let set = 0n;
  while (reader.position < source.length && source[reader.position] !== "]") {
    set |= readRange(reader);
  }
  reader.position++;
  return isNegated ? complement(fold(set)) : fold(set);
}

function readRange(reader: PatternReader): CharacterSet {
  const first = readMember(reader);
  const { source, position } = reader;
  const isRange = source[position] === "-" && position + 1 < source.length &&
    source[position + 1] !== "]";
  if (!isRange) return setOf(first);
  reader.position++;
  const last = readMember(reader);
  return typeof first === "number" && typeof last === "number"
    ? characterRange(first, last)
    : setOf(first) | setOf(last) | characterOf(45);
}

/** A character by its code unit, or a set of some. */
type Member = number | CharacterSet;

function setOf(member: Member): CharacterSet {
  return typeof member === "number" ? characterOf(member) : member;
}

function readMember(reader: PatternReader): Member {
  const unit = reader.source.charCodeAt(reader.position++);
  if (unit !== 92) return unit;
  if (reader.source[reader.position] === "b") {
    reader.position++;
    return 8;
  }
  return readCharacterEscape(reader);
}

/**
 * Reads an escape, of which the backslash was read: the characters it stands for, a word boundary,
 * or a reference to a group.
 */
export function readEscape(
  reader: PatternReader,
): CharacterSet | "boundary" | "reference" {
  const character = reader.source[reader.position] ?? "";
  if (character === "b" || character === "B") {
    reader.position++;
    return "boundary";
  }
  const rest = reader.source.slice(reader.position, reader.position + 200);
  const reference = /^(?:[1-9]\d{0,2}|k<[^>]*>)/.exec(rest)?.[0];
  if (reference !== undefined) {
    reader.position += reference.length;
    return "reference";
  }
  return setOf(readCharacterEscape(reader));
}

const classes: ReadonlyMap<string, CharacterSet> =
  /* @__PURE__ */ (() =>
    new Map([
      ["d", digits],
      ["D", complement(digits)],
      ["w", wordCharacters],
      ["W", complement(wordCharacters)],
      ["s", spaces],
      ["S", complement(spaces)],
    ]))();

const controls: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ["0", 0],
]);

function readCharacterEscape(reader: PatternReader): Member {
  const { source } = reader;
  const character = source[reader.position++];
  if (character === undefined) return anyCharacter;
  const rest = source.slice(reader.position, reader.position + 4);
  const code = character === "x"
    ? /^[\da-f]{2}/i.exec(rest)
    : character === "u"
    ? /^[\da-f]{4}/i.exec(rest)
    : null;
  if (code !== null) {
    reader.position += code[0].length;
    return parseInt(code[0], 16);
  }
  return classes.get(character) ?? controls.get(character) ??
    character.charCodeAt(0);
}
