/**
 * Reads which variation of an experiment a URL asks for, as in `?checkout=1`.
 *
 * `key` is the experiment's key; it is compared with the URL as it stands, without decoding, and
 * only its first occurrence counts. `url` may be relative. `numVariations` bounds the answer.
 *
 * Returns the index of a variation, from 0 up to but not including `numVariations`, or null when
 * the URL asks for none. Bad input (a missing URL, a value that is not a number) gives null.
 *
 * Source: GrowthBook's rules, quirks included: the query is what stands between the first and the
 * second `?`, even behind a `#`, and text behind the number is ignored, so `1abc` is 1.
 *
 * @example
 * ```ts
 * import { getQueryStringOverride } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(getQueryStringOverride("checkout", "/cart?checkout=1", 2), 1);
 * assertEquals(getQueryStringOverride("checkout", "/cart?checkout=2", 2), null);
 * assertEquals(getQueryStringOverride("checkout", "/cart", 2), null);
 * ```
 */
export function getQueryStringOverride(
  key: string,
  url: string,
  numVariations: number,
): number | null {
  if (typeof url !== "string" || !isQueryOf(url, key)) return null;
  const [, query = ""] = url.split("?");
  // The fragment goes to the end of its line only, as in the official SDK.
  const parameter = query.replace(/#.*/, "").split("&")
    .map((parameter) => parameter.split("=", 2))
    .find(([name]) => name === key);
  const variation = parseInt(parameter?.[1] ?? "");
  return variation >= 0 && variation < numVariations ? variation : null;
}

// Most URLs have no query, or one that does not name the experiment: to search takes less than to
// read. In a name with line ends a fragment may have to be left out first.
function isQueryOf(url: string, key: string): boolean {
  return url.includes("?") &&
    (typeof key !== "string" || url.includes(key) || /\s/.test(key));
}
