import { compileWildcards, WILDCARD } from "./compile_wildcards.ts";
import { type ParsedUrl, parseUrl } from "./parse_url.ts";

/**
 * Turns the pattern of a `simple` URL target into a test for URLs.
 *
 * The pattern is read as a URL. Host and path must match, the fragment and each query parameter
 * when the pattern has them; scheme and credentials don't count. Without a host any host will do.
 *
 * Returns null for a pattern that is no URL.
 */
export function compileSimplePattern(
  pattern: string,
): ((url: ParsedUrl) => boolean) | null {
  const parsed = parseUrl(
    withScheme(pattern).replaceAll("*", WILDCARD),
    `https://${WILDCARD}`,
  );
  if (parsed === null) return null;
  const host = compileWildcards(parsed.host);
  // A slash at either end makes no difference.
  const path = compileWildcards(
    parsed.pathname.replace(/^\/|\/$/g, ""),
    "\\/?",
  );
  const fragment = parsed.hash ? compileWildcards(parsed.hash) : null;
  const parameters = Array.from(
    parsed.searchParams,
    ([name, value]) => [name, compileWildcards(value)] as const,
  );
  return (url) =>
    host(url.host) && path(url.pathname) &&
    (fragment === null || fragment(url.hash)) &&
    parameters.every(([name, value]) =>
      value(url.searchParams.get(name) ?? "")
    );
}

/* A dot before any `:`, `/` or `?` makes the start a host. */
function withScheme(pattern: string): string {
  return /^[^:/?]*\./.test(pattern) ? `https://${pattern}` : pattern;
}
