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
  const path = compilePath(parsed.path);
  const fragment = parsed.fragment ? compileWildcards(parsed.fragment) : null;
  const parameters = parsed.parameters.map(([name, value]) =>
    [name, compileWildcards(value)] as const
  );
  return (url) =>
    host(url.host) && path(url.path) &&
    (fragment === null || fragment(url.fragment)) &&
    parameters.every(([name, value]) => value(firstValue(url, name)));
}

/* A dot before any `:`, `/` or `?` makes the start a host. */
function withScheme(pattern: string): string {
  return /^[^:/?]*\./.test(pattern) ? `https://${pattern}` : pattern;
}

function compilePath(pattern: string): (path: string) => boolean {
  const matches = compileWildcards(pattern.replace(/^\/|\/$/g, ""));
  const matchesToEnd = (path: string) =>
    matches(path) || (path.endsWith("/") && matches(path.slice(0, -1)));
  return (path) =>
    (path.startsWith("/") && matchesToEnd(path.slice(1))) || matchesToEnd(path);
}

function firstValue(url: ParsedUrl, name: string): string {
  return url.parameters.find((parameter) => parameter[0] === name)?.[1] ?? "";
}
