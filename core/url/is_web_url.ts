import { parseUrl } from "./parse_url.ts";

/**
 * Tells whether a value is an absolute URL that a browser would fetch a page from: a text whose
 * scheme, as a browser reads it, is `http` or `https`. A browser drops white space and control
 * characters around and inside a scheme and ignores its case, so ` java\nScript:` is `javascript:`.
 */
export function isWebUrl(url: unknown): boolean {
  const parsed = typeof url === "string" ? parseUrl(url) : null;
  return parsed !== null &&
    (parsed.protocol === "https:" || parsed.protocol === "http:");
}
