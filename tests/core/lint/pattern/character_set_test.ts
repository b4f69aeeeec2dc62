import { assertEquals } from "@std/assert";
import {
  anyCharacter,
  characterOf,
  characterRange,
  type CharacterSet,
  complement,
  digits,
  foldCharacters,
  notLineEnd,
  spaces,
  wordCharacters,
} from "../../../../core/lint/pattern/character_set.ts";

const ascii = Array.from({ length: 128 }, (_, unit) => unit);

function has(set: CharacterSet, unit: number): boolean {
  return (set & characterOf(unit)) !== 0n;
}

function asciiOf(set: CharacterSet): string {
  return String.fromCharCode(...ascii.filter((unit) => has(set, unit)));
}

Deno.test("characterOf() has a bit of its own for each code unit of ASCII", () => {
  assertEquals(new Set(ascii.map(characterOf)).size, 128);
  assertEquals(characterOf(0), 1n);
  assertEquals(characterOf(127), 1n << 127n);
});

Deno.test("characterOf() shares 64 bits between all code units beyond ASCII", () => {
  assertEquals(characterOf(128), 1n << 128n);
  assertEquals(characterOf(191), 1n << 191n);
  assertEquals(characterOf(192), characterOf(128));
  assertEquals(characterOf(0xffff), 1n << 191n);
});

Deno.test("anyCharacter has all 192 bits", () => {
  assertEquals(anyCharacter, (1n << 192n) - 1n);
});

Deno.test("characterRange() has both ends", () => {
  assertEquals(asciiOf(characterRange(97, 99)), "abc");
  assertEquals(asciiOf(characterRange(97, 97)), "a");
});

Deno.test("characterRange() is empty where the ends are swapped", () => {
  assertEquals(characterRange(99, 97), 0n);
});

Deno.test("characterRange() has each of the code units of ASCII, and nothing else", () => {
  assertEquals(characterRange(0, 127), (1n << 128n) - 1n);
});

Deno.test("characterRange() goes over the end of ASCII", () => {
  assertEquals(
    characterRange(126, 129),
    characterOf(126) | characterOf(127) | characterOf(128) | characterOf(129),
  );
});

Deno.test("characterRange() takes more than 128 code units that go beyond ASCII for all beyond", () => {
  const beyond = characterRange(128, 191);
  assertEquals(characterRange(1, 129), anyCharacter ^ characterOf(0));
  assertEquals(characterRange(0, 128), anyCharacter);
  assertEquals(characterRange(97, 0xffff), characterRange(97, 127) | beyond);
  assertEquals(characterRange(127, 0xffff), characterOf(127) | beyond);
  assertEquals(characterRange(128, 0xffff), beyond);
  assertEquals(characterRange(0x100, 0xffff), beyond);
});

Deno.test("characterRange() goes through 128 code units one by one", () => {
  assertEquals(
    characterRange(1, 128),
    characterRange(1, 127) | characterOf(128),
  );
});

Deno.test("complement() has every other character", () => {
  assertEquals(complement(characterOf(97)), anyCharacter ^ characterOf(97));
  assertEquals(complement(0n), anyCharacter);
});

Deno.test("complement() keeps what shares a bit with a character beyond ASCII", () => {
  assertEquals(complement(characterOf(0xe9)), anyCharacter);
});

Deno.test("foldCharacters() adds the other case of the letters of ASCII", () => {
  assertEquals(asciiOf(foldCharacters(characterRange(97, 98))), "ABab");
  assertEquals(asciiOf(foldCharacters(characterRange(89, 90))), "YZyz");
  assertEquals(asciiOf(foldCharacters(characterRange(65, 90))).length, 52);
  assertEquals(asciiOf(foldCharacters(characterRange(97, 122))).length, 52);
});

Deno.test("foldCharacters() leaves what is next to the letters alone", () => {
  for (const text of ["@", "[", "`", "{", "1"]) {
    const set = characterOf(text.charCodeAt(0));
    assertEquals(foldCharacters(set), set, text);
  }
});

const classes: readonly (readonly [
  name: string,
  set: CharacterSet,
  pattern: RegExp,
])[] = [
  ["digits", digits, /\d/],
  ["wordCharacters", wordCharacters, /\w/],
  ["spaces", spaces, /\s/],
  ["notLineEnd", notLineEnd, /./],
];

for (const [name, set, pattern] of classes) {
  Deno.test(`${name} has the code units of ASCII that ${pattern} matches`, () => {
    for (const unit of ascii) {
      assertEquals(
        has(set, unit),
        pattern.test(String.fromCharCode(unit)),
        `${unit}`,
      );
    }
  });
}

Deno.test("notLineEnd has what is beyond ASCII, and the other classes haven't", () => {
  assertEquals(has(notLineEnd, 0xe9), true);
  for (const set of [digits, wordCharacters, spaces]) {
    assertEquals(set & characterRange(128, 191), 0n);
  }
});
