import { assertEquals } from "@std/assert";
import {
  anyCharacter,
  characterOf,
  type CharacterSet,
  foldCharacters,
} from "../../../../core/lint/pattern/character_set.ts";
import {
  readClass,
  readEscape,
} from "../../../../core/lint/pattern/pattern_class.ts";

const ascii = Array.from(
  { length: 128 },
  (_, unit) => String.fromCharCode(unit),
);

/** The ASCII characters in a set. */
function asciiIn(set: CharacterSet): string {
  return ascii.filter((character) =>
    (set & characterOf(character.charCodeAt(0))) !== 0n
  ).join("");
}

/** The ASCII characters that a pattern matches. */
function asciiThat(source: string, flags = ""): string {
  const pattern = new RegExp(source, flags);
  return ascii.filter((character) => pattern.test(character)).join("");
}

const classes: readonly string[] = [
  "[a]",
  "[abc]",
  "[^abc]",
  "[a-c]",
  "[^a-c]",
  "[a^]",
  "[]",
  "[^]",
  "[-a]",
  "[a-]",
  "[^-a]",
  "[a-c-e]",
  "[a-ce-g]",
  "[+--]",
  "[\\]]",
  "[\\\\]",
  "[\\-a]",
  "[a\\-z]",
  "[\\d]",
  "[\\d-z]",
  "[+-\\d]",
  "[\\w-\\s]",
  "[\\s\\S]",
  "[^\\s\\S]",
  "[\\D]",
  "[\\W_]",
  "[^\\w]",
  "[\\b]",
  "[\\t-\\r]",
  "[\\t]",
  "[\\n]",
  "[\\v]",
  "[\\f]",
  "[\\r]",
  "[\\0]",
  "[\\x41]",
  "[\\x4a-\\x4C]",
  "[\\x4]",
  "[\\x4g]",
  "[\\u0041-\\u0043]",
  "[\\u006D]",
  "[\\u004]",
  "[\\u{41}]",
  "[\\.]",
  "[.]",
  "[(|)]",
  "[$]",
];

for (const source of classes) {
  for (const flags of ["", "i"]) {
    Deno.test(`readClass() has the characters that /${source}/${flags} matches`, () => {
      const reader = { source, position: 1 };
      const fold = flags === "i" ? foldCharacters : (set: CharacterSet) => set;
      assertEquals(asciiIn(readClass(reader, fold)), asciiThat(source, flags));
      assertEquals(reader.position, source.length);
    });
  }
}

Deno.test("readClass() has what is beyond ASCII", () => {
  const reader = { source: "[é]", position: 1 };
  assertEquals(readClass(reader, (set) => set), characterOf(0xe9));
});

Deno.test("readClass() ends with the source", () => {
  for (const source of ["[a", "[a-", "[a\\", "["]) {
    const reader = { source, position: 1 };
    readClass(reader, (set) => set);
    assertEquals(reader.position > source.length, true, source);
  }
});

Deno.test("readClass() goes no further than its bracket", () => {
  const reader = { source: "[a]b]", position: 1 };
  assertEquals(asciiIn(readClass(reader, (set) => set)), "a");
  assertEquals(reader.position, 3);
});

const escapes: readonly string[] = [
  "\\d",
  "\\D",
  "\\w",
  "\\W",
  "\\s",
  "\\S",
  "\\t",
  "\\n",
  "\\v",
  "\\f",
  "\\r",
  "\\0",
  "\\.",
  "\\\\",
  "\\x41",
  "\\u0041",
  "\\u00e9",
  "\\e",
];

for (const source of escapes) {
  Deno.test(`readEscape() has the characters that /${source}/ matches`, () => {
    const reader = { source, position: 1 };
    const set = readEscape(reader);
    assertEquals(asciiIn(set as CharacterSet), asciiThat(source));
    assertEquals(reader.position, source.length);
  });
}

for (const source of ["\\b", "\\B"]) {
  Deno.test(`readEscape() takes ${source} for a boundary`, () => {
    const reader = { source, position: 1 };
    assertEquals(readEscape(reader), "boundary");
    assertEquals(reader.position, 2);
  });
}

for (const source of ["\\1", "\\9", "\\10", "\\123", "\\k<name>"]) {
  Deno.test(`readEscape() takes ${source} for a reference`, () => {
    const reader = { source: `a${source}b`, position: 2 };
    assertEquals(readEscape(reader), "reference");
    assertEquals(reader.position, source.length + 1);
  });
}

Deno.test("readEscape() reads a hexadecimal number that is cut off as its letter", () => {
  const reader = { source: "\\x4g", position: 1 };
  assertEquals(readEscape(reader), characterOf("x".charCodeAt(0)));
  assertEquals(reader.position, 2);
});

Deno.test("readEscape() takes a backslash at the end for anything", () => {
  assertEquals(readEscape({ source: "\\", position: 1 }), anyCharacter);
});
