import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { fnvOffset, foldDecimal, foldText } from "../../../core/hash/fnv1a.ts";
import { runs } from "../../support/runs.ts";

Deno.test("foldText() gives the published FNV-1a hashes", () => {
  assertEquals(foldText(fnvOffset, "") >>> 0, 0x811c9dc5);
  assertEquals(foldText(fnvOffset, "a") >>> 0, 0xe40c292c);
  assertEquals(foldText(fnvOffset, "foobar") >>> 0, 0xbf9cf968);
});

Deno.test("foldText() folds two texts as it folds them joined", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      assertEquals(
        foldText(foldText(fnvOffset, left), right),
        foldText(fnvOffset, left + right),
      );
    }),
    runs(100),
  );
});

Deno.test("foldDecimal() folds the digits of each power of ten", () => {
  for (let exponent = 0; exponent < 10; exponent++) {
    for (const number of [10 ** exponent - 1, 10 ** exponent]) {
      assertEquals(
        foldDecimal(fnvOffset, number),
        foldText(fnvOffset, String(number)),
        String(number),
      );
    }
  }
});

Deno.test("foldDecimal() folds all of the first and of the last five digits", () => {
  const last = Array.from({ length: 100_000 }, (_, low) => 4_200_000_000 + low);
  const first = Array.from({ length: 42_950 }, (_, high) => high * 100_000);
  for (const number of [...last, ...first]) {
    if (foldDecimal(fnvOffset, number) === foldText(fnvOffset, `${number}`)) {
      continue;
    }
    throw new Error(`It folds ${number} otherwise`);
  }
});

Deno.test("foldDecimal() reads a negative number by its 32 bits", () => {
  assertEquals(
    foldDecimal(fnvOffset, -1),
    foldText(fnvOffset, "4294967295"),
  );
});

Deno.test("foldDecimal() folds a number as foldText() folds its digits", () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (number) => {
      assertEquals(
        foldDecimal(fnvOffset, number),
        foldText(fnvOffset, String(number)),
      );
    }),
    runs(100),
  );
});
