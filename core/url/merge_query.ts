import { appendParameters, parseUrl, type UrlParameter } from "./parse_url.ts";

/**
 * Carries the query parameters of the current URL over to the target of a redirect.
 *
 * Parameters that the target has already keep the target's values. Of a repeated parameter only
 * the first is carried over. The target's path and fragment stay.
 *
 * Returns the target, normalised; when anything was added, with its whole query encoded as a form
 * would. Returns the target as it was when either URL is not absolute.
 */
export function mergeQueryString(
  currentUrl: string,
  targetUrl: string,
): string {
  const current = parseUrl(currentUrl);
  const target = parseUrl(targetUrl);
  if (current === null || target === null) return targetUrl;
  const names = new Set(Array.from(target.searchParams, ([name]) => name));
  const added: UrlParameter[] = [];
  for (const parameter of current.searchParams) {
    if (names.has(parameter[0])) continue;
    names.add(parameter[0]);
    added.push(parameter);
  }
  return appendParameters(targetUrl, added) ?? targetUrl;
}
