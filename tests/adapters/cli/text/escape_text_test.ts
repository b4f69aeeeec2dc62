import { assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import { escapeText } from "../../../../adapters/cli/text/escape_text.ts";
import { runs } from "../../../support/runs.ts";

Deno.test("escapeText() leaves letters, accents and emoji as they are", () => {
  const text = 'Thé "vert" \\ お茶 🍵';
  assertEquals(escapeText(text), text);
});

Deno.test("escapeText() escapes what starts a terminal sequence", () => {
  assertEquals(escapeText("\x1b[2J\x9b2J"), "\\u001b[2J\\u009b2J");
});

Deno.test("escapeText() escapes line breaks of every kind", () => {
  assertEquals(
    escapeText("a\nb\rc\u2028d\u0085"),
    "a\\u000ab\\u000dc\\u2028d\\u0085",
  );
});

Deno.test("escapeText() escapes what turns the direction of text", () => {
  assertEquals(escapeText("\u202eabc\u2066"), "\\u202eabc\\u2066");
});

Deno.test("escapeText() escapes what can't be seen, beyond 16 bits too", () => {
  assertEquals(escapeText("a\u200bb\u{e0041}"), "a\\u200bb\\udb40\\udc41");
});

Deno.test("escapeText() escapes half a character", () => {
  assertEquals(escapeText("\ud83c"), "\\ud83c");
});

Deno.test("escapeText() never leaves a control or format character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assertFalse(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(escapeText(text)));
    }),
    runs(100),
  );
});

Deno.test("escapeText() never changes what JSON text means", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assertEquals(JSON.parse(escapeText(JSON.stringify(text))), text);
    }),
    runs(100),
  );
});
