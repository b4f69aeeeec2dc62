import { assertEquals } from "@std/assert";
import {
  anyCharacter,
  characterOf,
  characterRange,
  type CharacterSet,
  notLineEnd,
  wordCharacters,
} from "../../../../core/lint/pattern/character_set.ts";
import {
  type PatternNode,
  readPatternTree,
} from "../../../../core/lint/pattern/pattern_tree.ts";
import { testRows } from "../../../support/test_rows.ts";

const a = characters("a");
const b = characters("b");
const c = characters("c");

function characters(text: string): PatternNode {
  const set = characterOf(text.charCodeAt(0));
  return { kind: "characters", set, isLiteral: true };
}

function anyOf(set: CharacterSet): PatternNode {
  return { kind: "characters", set, isLiteral: false };
}

function anchor(sign: string): PatternNode {
  return { kind: "empty", sign, body: null };
}

function look(sign: string, body: PatternNode): PatternNode {
  return { kind: "empty", sign, body };
}

function sequence(...items: readonly PatternNode[]): PatternNode {
  return { kind: "sequence", items };
}

function alternatives(...options: readonly PatternNode[]): PatternNode {
  return { kind: "alternatives", options };
}

function repeat(body: PatternNode, min: number, max: number): PatternNode {
  return { kind: "repeat", body, min, max };
}

type Row = readonly [fact: string, source: string, expected: PatternNode];

const rows: readonly Row[] = [
  ["a character", "a", a],
  ["nothing", "", sequence()],
  ["characters one after the other", "abc", sequence(a, b, c)],
  ["alternatives", "a|b|c", alternatives(a, b, c)],
  ["an alternative that is empty", "a|", alternatives(a, sequence())],
  ["a sequence as an alternative", "ab|c", alternatives(sequence(a, b), c)],
  ["a star", "a*", repeat(a, 0, Infinity)],
  ["a plus", "a+", repeat(a, 1, Infinity)],
  ["a question mark", "a?", repeat(a, 0, 1)],
  ["a count", "a{3}", repeat(a, 3, 3)],
  ["a count without an end", "a{3,}", repeat(a, 3, Infinity)],
  ["a count with an end", "a{3,12}", repeat(a, 3, 12)],
  ["a lazy star", "a*?b", sequence(repeat(a, 0, Infinity), b)],
  ["a lazy question mark", "a??b", sequence(repeat(a, 0, 1), b)],
  ["a lazy count", "a{3,4}?b", sequence(repeat(a, 3, 4), b)],
  [
    "a repeat of the last character alone",
    "ab*",
    sequence(
      a,
      repeat(b, 0, Infinity),
    ),
  ],
  ["a brace that is no count", "a{", sequence(a, characters("{"))],
  [
    "a brace without a lower bound",
    "a{,}",
    sequence(
      a,
      characters("{"),
      characters(","),
      characters("}"),
    ),
  ],
  ["a group", "(a)", a],
  ["a group that is not repeated as what is in it", "a(bc)", sequence(a, b, c)],
  ["a group that is repeated", "(ab)*", repeat(sequence(a, b), 0, Infinity)],
  ["a group that is not captured", "(?:a)b", sequence(a, b)],
  ["a group with flags", "(?i-m:a)b", sequence(a, b)],
  ["a group with a name", "(?<name>a)b", sequence(a, b)],
  ["groups in groups", "((a|b)c)", sequence(alternatives(a, b), c)],
  ["a look ahead", "(?=a)b", sequence(look("?=", a), b)],
  ["a negative look ahead", "(?!a)b", sequence(look("?!", a), b)],
  ["a look behind", "(?<=a)b", sequence(look("?<=", a), b)],
  [
    "a negative look behind",
    "(?<!a)b",
    sequence(
      look("?<!", a),
      b,
    ),
  ],
  ["anchors", "^a$", sequence(anchor("^"), a, anchor("$"))],
  ["a word boundary", "\\ba\\B", sequence(anchor("\\b"), a, anchor("\\b"))],
  ["a reference", "(a)\\1", sequence(a, { kind: "reference" })],
  [
    "a reference by name",
    "(?<n>a)\\k<n>b",
    sequence(
      a,
      { kind: "reference" },
      b,
    ),
  ],
  ["a dot", ".", anyOf(notLineEnd)],
  ["an escape", "\\w", anyOf(wordCharacters)],
  ["an escaped sign", "\\(a", sequence(anyOf(characterOf(40)), a)],
  [
    "a class",
    "[a-c]b",
    sequence(
      anyOf(characterRange(97, 99)),
      b,
    ),
  ],
  ["a class that has all", "[^]", anyOf(anyCharacter)],
  ["a bracket too many", "a)b", sequence(a, b)],
  ["a group without an end", "(a", a],
];

testRows("readPatternTree() reads", rows, ([, source, expected]) => {
  assertEquals(readPatternTree(source, false), expected);
});

const either = {
  kind: "characters",
  set: characterOf(65) | characterOf(97),
  isLiteral: false,
} as const;

for (const source of ["a", "A", "[a]", "[A]", "\\x61"]) {
  Deno.test(`readPatternTree() reads both cases of ${source} where case is ignored`, () => {
    assertEquals(readPatternTree(source, true), either);
  });
}
