import { GrowthBook } from "@growthbook/growthbook";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { getQueryStringOverride } from "../../../core/url/get_query_string_override.ts";

const piece = fc.constantFrom(
  ...["k", "k=", "k=1", "k=0", "&k=", "?k=", "1", "0", "2", "9", "e", "x"],
  ...["=", "&", "?", "#", "-", "+", ".", " ", "%31", "\n", "\r", "\u2028", "é"],
);

Deno.test("getQueryStringOverride() agrees with the official SDK", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("k", "k", "k", "", "1", "é", "k=1"),
      fc.constantFrom("/", "https://example.com", "?k="),
      fc.array(piece, { maxLength: 8 }),
      (key, start, pieces) => {
        const url = start + pieces.join("");
        assertEquals(getQueryStringOverride(key, url, 3), official(key, url));
      },
    ),
    { seed: 20250101, numRuns: 10_000 },
  );
});

/** Without attributes only the URL can bring a user into an experiment. */
function official(key: string, url: string): number | null {
  const result = new GrowthBook({ url, attributes: {} })
    .run({ key, variations: [0, 1, 2] });
  return result.inExperiment ? result.variationId : null;
}
