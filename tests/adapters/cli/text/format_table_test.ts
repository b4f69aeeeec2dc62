import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { formatTable } from "../../../../adapters/cli/text/format_table.ts";
import { textWidth } from "../../../../adapters/cli/text/text_width.ts";
import { runs } from "../../../support/runs.ts";

const columns = [
  { title: "key", share: 1 },
  { title: "why", share: 2 },
];

Deno.test("formatTable() aligns the columns", () => {
  assertEquals(formatTable(columns, [["a", "x"], ["long", "y"]], null), [
    "key   why",
    "----  ---",
    "a     x",
    "long  y",
  ]);
});

Deno.test("formatTable() aligns wide characters", () => {
  assertEquals(formatTable(columns, [["お茶", "x"], ["a", "y"]], null), [
    "key   why",
    "----  ---",
    "お茶  x",
    "a     y",
  ]);
});

Deno.test("formatTable() cuts nothing without a width", () => {
  const long = "a".repeat(1000);
  assertEquals(
    formatTable(columns, [[long, long]], null)[2],
    `${long}  ${long}`,
  );
});

Deno.test("formatTable() cuts nothing that fits", () => {
  assertEquals(
    formatTable(columns, [["abcdef", "uvwxyz"]], 14)[2],
    "abcdef  uvwxyz",
  );
});

Deno.test("formatTable() cuts what has most beyond its share", () => {
  const row = ["a".repeat(30), "b".repeat(30)];
  assertEquals(
    formatTable(columns, [row], 32)[2],
    `${"a".repeat(9)}…  ${"b".repeat(19)}…`,
  );
});

Deno.test("formatTable() leaves a short cell whole beside a long one", () => {
  assertEquals(
    formatTable(columns, [["abcdef", "b".repeat(30)]], 20)[2],
    "abcdef  bbbbbbbbbbb…",
  );
});

Deno.test("formatTable() makes each row a paragraph where the columns don't fit", () => {
  assertEquals(
    formatTable(columns, [["abcdef", "uvwxyz and more"], ["b", ""]], 9),
    ["abcdef", "  why  uvwxyz and", "       more", "b"],
  );
});

Deno.test("formatTable() puts numbers at the right", () => {
  const numbers = [{ title: "n", share: 1, isNumber: true }, ...columns];
  assertEquals(
    formatTable(numbers, [["1", "a", "x"], ["100", "b", "y"]], null),
    [
      "  n  key  why",
      "---  ---  ---",
      "  1  a    x",
      "100  b    y",
    ],
  );
});

Deno.test("formatTable() never cuts a number, whatever the column is for", () => {
  const texts = fc.string({ unit: "grapheme-ascii", maxLength: 40 });
  const cells = fc.tuple(
    texts,
    fc.oneof(texts, fc.double().map(String)),
    fc.nat(),
  );
  const three = [...columns, { title: "users", share: 1, isNumber: true }];
  fc.assert(
    fc.property(
      fc.array(cells),
      fc.integer({ min: 30, max: 80 }),
      (rows, width) => {
        const shown = rows.map(([text, value, users]) => [
          text.trim(),
          value.trim(),
          `${users} %`,
        ]);
        const lines = formatTable(three, shown, width).join("\n");
        for (const [, value, users] of shown) {
          assert(lines.includes(users!));
          if (/^-?[\d.]+$/.test(value!)) assert(lines.includes(value!));
        }
      },
    ),
    runs(100),
  );
});

Deno.test("formatTable() gives titles and a rule where there are no rows", () => {
  assertEquals(formatTable(columns, [], 80), ["key  why", "---  ---"]);
});

Deno.test("formatTable() never gives a line wider than it was given", () => {
  const cell = fc.string({ unit: "grapheme", maxLength: 60 });
  const rows = fc.array(fc.tuple(cell, cell));
  fc.assert(
    fc.property(rows, fc.integer({ min: 20, max: 80 }), (rows, width) => {
      for (const line of formatTable(columns, rows, width)) {
        assert(textWidth(line) <= width);
      }
    }),
    runs(100),
  );
});

Deno.test("formatTable() takes a hundred thousand rows", () => {
  const rows = Array.from({ length: 100_000 }, () => ["a", "b"]);
  assertEquals(formatTable(columns, rows, 80).length, 100_002);
});
