import { assertEquals } from "@std/assert";
import {
  anyCharacter,
  characterOf,
} from "../../../../core/lint/pattern/character_set.ts";
import {
  canMatch,
  firstCharacters,
  partsOf,
  takeEffort,
} from "../../../../core/lint/pattern/pattern_shape.ts";
import { readPatternTree } from "../../../../core/lint/pattern/pattern_tree.ts";
import { testRows } from "../../../support/test_rows.ts";

/** The set of the characters of a text. */
function setOf(text: string): bigint {
  return Array.from(text, (character) => characterOf(character.charCodeAt(0)))
    .reduce((set, character) => set | character, 0n);
}

Deno.test("takeEffort() lets the last step be taken, and no more", () => {
  const effort = { left: 3 };
  assertEquals(takeEffort(effort, 2), true);
  assertEquals(effort.left, 1);
  assertEquals(takeEffort(effort, 1), true);
  assertEquals(takeEffort(effort, 1), false);
});

Deno.test("partsOf() gives what a node is made of", () => {
  const tree = (source: string) => readPatternTree(source, false);
  assertEquals(partsOf(tree("ab")), [tree("a"), tree("b")]);
  assertEquals(partsOf(tree("a|b")), [tree("a"), tree("b")]);
  assertEquals(partsOf(tree("a*")), [tree("a")]);
  assertEquals(partsOf(tree("(?=a)")), [tree("a")]);
  assertEquals(partsOf(tree("^")), []);
  assertEquals(partsOf(tree("a")), []);
  assertEquals(partsOf(tree("\\1")), []);
});

const matchable: readonly (readonly [source: string, text: string])[] = [
  ["a", "a"],
  ["[ab]", "b"],
  ["aa", "a"],
  ["ab", "ab"],
  ["a|b", "b"],
  ["a*", "b"],
  ["a*", ""],
  ["a?", ""],
  ["a+", "a"],
  ["(a*)+", ""],
  ["(a|b*)", ""],
  ["^", ""],
  ["(?=a)", "b"],
  ["\\1", "a"],
  ["", ""],
];

testRows(
  "canMatch()",
  matchable.map(([source, text]) =>
    [`finds a match of ${source} in "${text}"`, source, text] as const
  ),
  ([, source, text]) => assertEquals(match(source, text), true),
);

const unmatchable: readonly (readonly [source: string, text: string])[] = [
  ["a", "b"],
  ["a", ""],
  ["ab", "a"],
  ["a|b", "c"],
  ["a|b", ""],
  ["a+", ""],
  ["a+", "b"],
  ["a{2}", ""],
  ["\\1", ""],
];

testRows(
  "canMatch()",
  unmatchable.map(([source, text]) =>
    [`finds no match of ${source} in "${text}"`, source, text] as const
  ),
  ([, source, text]) => assertEquals(match(source, text), false),
);

function match(source: string, text: string): boolean {
  const node = readPatternTree(source, false);
  return canMatch(node, setOf(text), { left: 100 });
}

Deno.test("canMatch() takes a step for each node, and says no when there are none left", () => {
  const node = readPatternTree("a*b*", false);
  assertEquals(canMatch(node, 0n, { left: 3 }), true);
  assertEquals(canMatch(node, 0n, { left: 2 }), false);
});

const beginnings: readonly (readonly [source: string, expected: string])[] = [
  ["a", "a"],
  ["ab", "a"],
  ["a?b", "ab"],
  ["a*b?c", "abc"],
  ["a*b?cd", "abc"],
  ["a+b", "a"],
  ["a|b", "ab"],
  ["(a|b?)c", "abc"],
  ["^a", "a"],
  ["(?=b)a", "a"],
  ["", ""],
  ["$", ""],
];

testRows(
  "firstCharacters()",
  beginnings.map(([source, expected]) =>
    [`has ${source} begin with "${expected}"`, source, expected] as const
  ),
  ([, source, expected]) => {
    const node = readPatternTree(source, false);
    assertEquals(firstCharacters(node, { left: 100 }), setOf(expected));
  },
);

Deno.test("firstCharacters() has a reference begin with anything", () => {
  const node = readPatternTree("\\1", false);
  assertEquals(firstCharacters(node, { left: 100 }), anyCharacter);
});

Deno.test("firstCharacters() takes a step for each node, and finds nothing when there are none left", () => {
  const node = readPatternTree("a", false);
  assertEquals(firstCharacters(node, { left: 1 }), setOf("a"));
  assertEquals(firstCharacters(node, { left: 0 }), 0n);
});
