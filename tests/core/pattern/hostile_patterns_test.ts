import { assertEquals, assertThrows } from "@std/assert";
import { compilePattern } from "../../../core/pattern/compile_pattern.ts";
import { lintPayload } from "../../../core/lint/mod.ts";
import { evalCondition, parsePayload, runExperiment } from "../../../mod.ts";

// On each of these a RegExp goes back and back: with 100 code units already it would not end in a
// lifetime, so a test that ends has shown what it is about.
const hostile:
  readonly (readonly [source: string, unit: string, tail: string])[] = [
    ["^(a+)+$", "a", "!"],
    ["(a|a)*b", "a", ""],
    ["(x+x+)+y", "x", ""],
    ["^(\\w+\\s?)*$", "a", "!"],
    ["^([a-zA-Z]+)*$", "a", "1!"],
    ["^(([a-z])+.)+[A-Z]([a-z])+$", "a", ""],
    [`${"a?".repeat(30)}b$`, "a", ""],
    [".*.*.*.*.*.*.*.*=", "x", ""],
    ["^(?=(a+)+b)", "a", ""],
  ];

Deno.test("evalCondition() and parsePayload() return on patterns that hung", () => {
  const $regex = "(?:|)".repeat(30) + "x";
  const features = { a: { rules: [{ condition: { x: { $regex } } }] } };
  assertEquals(
    parsePayload({ features }).payload?.features !== undefined,
    true,
  );
  assertEquals(evalCondition({ x: "" }, { x: { $regex } }), false);
  assertEquals(
    evalCondition({ x: "a".repeat(20) }, {
      x: { $regex: "^(((a+)+)+)+(?<=c)$" },
    }),
    false,
  );
});

Deno.test("runExperiment() returns on a RegExp that hung, inline and by overrides", () => {
  const url = `https://a.com/${"a".repeat(26)}!`;
  const experiment = { key: "e", variations: [0, 1] };
  const attributes = { id: "1" };
  const evil = /(a+)+$/;
  const inline = runExperiment({ attributes, url }, {
    ...experiment,
    url: evil,
  });
  assertEquals(inline.inExperiment, false);
  for (const pattern of [evil, evil.source]) {
    const overrides = { e: { url: pattern } };
    assertEquals(
      runExperiment({ attributes, url, overrides }, experiment).inExperiment,
      false,
    );
  }
  assertEquals(
    runExperiment({ attributes, url }, { ...experiment, url: /(?:a+)+!$/ })
      .inExperiment,
    true,
  );
});

for (const [source, unit, tail] of hostile) {
  Deno.test(`compilePattern() ends for ${source} on a long text`, () => {
    const matches = compilePattern(source, "")!;
    assertEquals(matches(unit.repeat(1_000) + tail), false);
  });
}

Deno.test("compilePattern() ends for (.*a){20} where one a is missing", () => {
  const matches = compilePattern("(.*a){20}", "")!;
  assertEquals(matches("a".repeat(19) + "b".repeat(5_000)), false);
  assertEquals(matches("b".repeat(5_000) + "a".repeat(20)), true);
});

Deno.test("compilePattern() finds a match at the end of a long text", () => {
  const matches = compilePattern("(a|b)+c$", "i")!;
  assertEquals(matches("aB".repeat(5_000) + "C"), true);
});

Deno.test("compilePattern() gives up on a text that takes long even without going back", () => {
  const matches = compilePattern("^(a+)+$", "")!;
  const error = assertThrows(() => matches("a".repeat(10_000_000)), TypeError);
  assertEquals(error.message, "textTooLong");
});

Deno.test("compilePattern() gives up on repetitions that multiply", () => {
  const matches = compilePattern("^((a{1,90}){1,90}b)+$", "")!;
  assertThrows(() => matches("a".repeat(100)), TypeError, "textTooLong");
});

Deno.test("compilePattern() gives up on repetitions that multiply to nothing", () => {
  const matches = compilePattern("((?:){99999}){99999}", "")!;
  assertThrows(() => matches("a"), TypeError, "textTooLong");
});

Deno.test("compilePattern() reads an octal escape", () => {
  assertEquals(compilePattern("^(\\01)+$", "")!("\u0001"), true);
});

Deno.test("lintPayload() warns of a pattern that is too large, and does not throw", () => {
  for (const $regex of ["n".repeat(20_001), "(?=n)".repeat(200) + "(?:n)+"]) {
    const features = { a: { rules: [{ condition: { x: { $regex } } }] } };
    const codes = lintPayload({ features }).map(({ code }) => code);
    assertEquals(codes.includes("slow-pattern"), true);
  }
});

Deno.test("runExperiment() decides by a RegExp with the flag u or v and a repeated group", () => {
  const experiment = { key: "e", variations: [0, 1] };
  const attributes = { id: "1" };
  for (const flags of ["u", "v", "iu"]) {
    const url = new RegExp("^\\/(?:shop|cart)(?:\\/[\\w\\-]+)*$", flags);
    const decide = (page: string) =>
      runExperiment({ attributes, url: page }, { ...experiment, url })
        .inExperiment;
    assertEquals(decide("https://a.com/shop/shoes/red-1"), true);
    assertEquals(decide(`https://a.com/cart${"/a".repeat(5_000)}`), true);
    assertEquals(decide("https://a.com/shop/sh!es"), false);
  }
});
