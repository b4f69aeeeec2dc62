import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { hash } from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { referenceHash } from "../../support/evaluation/reference_hash.ts";
import { testRows } from "../../support/test_rows.ts";
import { runs } from "../../support/runs.ts";

type Vector = readonly [
  fact: string,
  seed: string,
  value: string,
  version: 1 | 2,
  expected: number,
];

// The expected values are what the official SDK computes.
const vectors: readonly Vector[] = [
  ["gives the bucket of version 1", "seed", "user-1", 1, 0.657],
  ["gives the bucket of version 2", "seed", "user-1", 2, 0.4232],
  ["hashes digits with version 1", "checkout", "7", 1, 0.85],
  ["hashes digits with version 2", "checkout", "7", 2, 0.7857],
  ["hashes code units beyond ASCII with version 1", "é", "日本", 1, 0.463],
  ["hashes code units beyond ASCII with version 2", "é", "日本", 2, 0.5172],
  ["hashes surrogate pairs with version 1", "exp", "😀", 1, 0.655],
  ["hashes surrogate pairs with version 2", "exp", "😀", 2, 0.7506],
  ["hashes a lone surrogate with version 1", "exp", "\ud800", 1, 0.606],
  ["hashes a lone surrogate with version 2", "exp", "\ud800", 2, 0.8353],
  ["hashes a lone high surrogate as itself", "exp", "\ud83d", 2, 0.0472],
  ["hashes a lone low surrogate as itself", "exp", "\ude00", 2, 0.5271],
  ["hashes a lone surrogate in the seed", "\udfff", "a", 2, 0.6522],
  ["hashes past a NUL", "a", "b\u0000c", 2, 0.7384],
  ["hashes long values with version 1", "exp", "x".repeat(1000), 1, 0.32],
  ["hashes long values with version 2", "exp", "x".repeat(1000), 2, 0.1262],
];

testRows("hash()", vectors, ([, seed, value, version, expected]) => {
  assertEquals(hash(seed, value, version), expected);
  assertEquals(referenceHash(seed, value, version), expected);
});

Deno.test("hash() hashes nothing with version 1", () => {
  assertEquals(hash("", "", 1), (0x811c9dc5 % 1000) / 1000);
});

const unknownVersions: readonly (readonly [fact: string, version: unknown])[] =
  [
    ["0", 0],
    ["3", 3],
    ["1.5", 1.5],
    ["-1", -1],
    ["NaN", NaN],
    ['"1"', "1"],
    ['"2"', "2"],
    ["null", null],
    ["undefined", undefined],
    ["true", true],
  ];

testRows(
  "hash() gives null for the version",
  unknownVersions,
  ([, version]) => {
    assertEquals(hash("seed", "value", malformed(version)), null);
  },
);

Deno.test("hash() joins seed and value, seed first, in version 2", () => {
  assertEquals(hash("ab", "c", 2), hash("a", "bc", 2));
  assertNotEquals(hash("ab", "c", 2), hash("c", "ab", 2));
});

Deno.test("hash() joins value and seed, value first, in version 1", () => {
  assertEquals(hash("bc", "a", 1), hash("c", "ab", 1));
  assertNotEquals(hash("bc", "a", 1), hash("a", "bc", 1));
});

Deno.test("hash() goes by code units, not by UTF-8 bytes", () => {
  const bytes = String.fromCharCode(...new TextEncoder().encode("é"));
  assertNotEquals(hash("seed", "é", 2), hash("seed", bytes, 2));
});

const codeUnits = fc.array(fc.nat(0xffff), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));
const version = fc.constantFrom<1 | 2>(1, 2);

Deno.test("hash() agrees with exact arithmetic for any text", () => {
  fc.assert(
    fc.property(codeUnits, codeUnits, version, (seed, value, version) => {
      assertEquals(
        hash(seed, value, version),
        referenceHash(seed, value, version),
      );
    }),
    runs(100),
  );
});

Deno.test("hash() always gives a bucket from 0 up to but not including 1", () => {
  fc.assert(
    fc.property(codeUnits, codeUnits, version, (seed, value, version) => {
      const bucket = hash(seed, value, version);
      assert(bucket !== null && bucket >= 0 && bucket < 1);
    }),
    runs(100),
  );
});

Deno.test("hash() spreads users evenly over ten parts", () => {
  for (const version of [1, 2]) {
    const counts = new Array<number>(10).fill(0);
    for (let user = 0; user < 10_000; user++) {
      const part = Math.floor(hash("spread", `user-${user}`, version)! * 10);
      counts[part] = counts[part]! + 1;
    }
    for (const count of counts) {
      assert(count > 850 && count < 1150, `${counts}`);
    }
  }
});
