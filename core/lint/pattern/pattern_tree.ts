import {
  characterOf,
  type CharacterSet,
  foldCharacters,
  notLineEnd,
} from "./character_set.ts";
import { type PatternReader, readClass, readEscape } from "./pattern_class.ts";

/** A part of a regular expression. */
export type PatternNode =
  | CharactersNode
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "alternatives"; readonly options: readonly PatternNode[] }
  | RepeatNode
  | EmptyNode
  /** What an earlier group matched. */
  | { readonly kind: "reference" };

/** One character out of some. */
export interface CharactersNode {
  /** Marks characters. */
  readonly kind: "characters";
  /** Which they are. */
  readonly set: CharacterSet;
  /** Whether it is written as itself, with no escape, class or other case. */
  readonly isLiteral: boolean;
}

/** What takes no text: an anchor, a word boundary, a look ahead or behind. */
export interface EmptyNode {
  /** Marks what takes no text. */
  readonly kind: "empty";
  /** How it begins: `^`, `$`, `\\b`, or a look such as `?=` and `?<!`. */
  readonly sign: string;
  /** What a look looks for; null for what is none. */
  readonly body: PatternNode | null;
}

/** A repeated part of a regular expression. */
export interface RepeatNode {
  /** Marks a repeat. */
  readonly kind: "repeat";
  /** What is repeated. */
  readonly body: PatternNode;
  /** How often at least. */
  readonly min: number;
  /** How often at most. */
  readonly max: number;
}

/**
 * Takes the source of a JavaScript regular expression without the `u` and `v` flags apart. The
 * source is a valid one; of any other, something is made.
 */
export function readPatternTree(
  source: string,
  ignoreCase: boolean,
): PatternNode {
  const reader: PatternReader = { source, position: 0 };
  const fold = ignoreCase ? foldCharacters : keep;
  const options: PatternNode[] = [];
  while (reader.position < source.length) {
    options.push(parseAlternatives(reader, fold));
    reader.position++; // a closing bracket too many
  }
  return sequenceOf(options);
}

type Fold = (set: CharacterSet) => CharacterSet;

function keep(set: CharacterSet): CharacterSet {
  return set;
}

function parseAlternatives(reader: PatternReader, fold: Fold): PatternNode {
  const options = [parseSequence(reader, fold)];
  while (reader.source[reader.position] === "|") {
    reader.position++;
    options.push(parseSequence(reader, fold));
  }
  return options.length === 1 ? options[0]! : { kind: "alternatives", options };
}

function parseSequence(reader: PatternReader, fold: Fold): PatternNode {
  const items: PatternNode[] = [];
  const { source } = reader;
  while (reader.position < source.length) {
    const character = source[reader.position]!;
    if (character === "|" || character === ")") break;
    const item = parseRepeat(reader, parseAtom(reader, fold));
    // A group that is not repeated makes no difference.
    if (item.kind === "sequence") items.push(...item.items);
    else items.push(item);
  }
  return sequenceOf(items);
}

function sequenceOf(items: readonly PatternNode[]): PatternNode {
  return items.length === 1 ? items[0]! : { kind: "sequence", items };
}

function parseAtom(reader: PatternReader, fold: Fold): PatternNode {
  const character = reader.source[reader.position++]!;
  switch (character) {
    case "(":
      return parseGroup(reader, fold);
    case "[":
      return charactersOf(readClass(reader, fold));
    case ".":
      return charactersOf(notLineEnd);
    case "^":
    case "$":
      return { kind: "empty", sign: character, body: null };
    case "\\": {
      const set = readEscape(reader);
      if (typeof set === "bigint") {
        return charactersOf(fold(set));
      }
      return set === "boundary"
        ? { kind: "empty", sign: "\\b", body: null }
        : { kind: "reference" };
    }
  }
  const set = characterOf(character.charCodeAt(0));
  return charactersOf(fold(set), fold === keep);
}

function charactersOf(set: CharacterSet, isLiteral = false): CharactersNode {
  return { kind: "characters", set, isLiteral };
}

function parseGroup(reader: PatternReader, fold: Fold): PatternNode {
  const rest = reader.source.slice(reader.position, reader.position + 200);
  const start = /^\?(?:<?[=!]|<[^>]*>|[a-z-]*:)/.exec(rest)?.[0] ?? "";
  reader.position += start.length;
  const body = parseAlternatives(reader, fold);
  reader.position++;
  return /[=!]$/.test(start) ? { kind: "empty", sign: start, body } : body;
}

function parseRepeat(reader: PatternReader, body: PatternNode): PatternNode {
  const rest = reader.source.slice(reader.position, reader.position + 50);
  const [sign, from, comma, to] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(rest) ??
    [];
  if (sign === undefined) return body;
  reader.position += sign.length;
  if (reader.source[reader.position] === "?") reader.position++;
  if (sign === "?") return { kind: "repeat", body, min: 0, max: 1 };
  if (from === undefined) {
    const min = sign === "+" ? 1 : 0;
    return { kind: "repeat", body, min, max: Infinity };
  }
  const max = comma === "" ? Number(from) : to === "" ? Infinity : Number(to);
  return { kind: "repeat", body, min: Number(from), max };
}
