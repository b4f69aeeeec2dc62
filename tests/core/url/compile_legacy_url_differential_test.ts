import { GrowthBook } from "@growthbook/growthbook";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { runExperiment } from "../../../mod.ts";
import { compileLegacyUrl } from "../../../core/url/compile_legacy_url.ts";

const text = (units: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...units), { minLength: 1, maxLength })
    .map((units) => units.join(""));

const url = text(
  ["http://", "https://", "HTTP://", "//", "/", "a", "a.com", "?", "#", "\n"],
  5,
);
const source = text(
  ["a", "^", "$", "/", "\\.", "http", "s?", "[^/]", "*", "(", ")", "com", "X"],
  4,
);

Deno.test("compileLegacyUrl() agrees with the official SDK", () => {
  const flags = fc.constantFrom("", "i", "g", "y", "gy", "u", "s");
  fc.assert(
    fc.property(url, source, flags, (url, source, flags) => {
      fc.pre(isValid(source, flags));
      assertEquals(
        compileLegacyUrl(new RegExp(source, flags))(url),
        official(url, { url: new RegExp(source, flags) }, {}),
      );
    }),
    { seed: 20250102, numRuns: 10_000 },
  );
});

Deno.test("runExperiment() agrees with the official SDK on strings that override a URL", () => {
  fc.assert(
    fc.property(url, source, (url, source) => {
      assertEquals(
        runExperiment(
          // Typed as a RegExp, but overrides arrive as JSON.
          { attributes: { id: "1" }, url, overrides: { e: { url: source } } },
          { key: "e", variations: [0, 1] },
        ).inExperiment,
        official(url, {}, { url: source }),
      );
    }),
    { seed: 20250103, numRuns: 10_000 },
  );
});

function official(
  url: string,
  experiment: { url?: RegExp },
  override: { url?: string },
): boolean {
  const logged = console.error;
  console.error = () => {};
  try {
    return new GrowthBook({
      url,
      attributes: { id: "1" },
      // Typed as a RegExp, but overrides arrive as JSON.
      overrides: { e: override as never },
    }).run({ key: "e", variations: [0, 1], ...experiment }).inExperiment;
  } finally {
    console.error = logged;
  }
}

function isValid(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
