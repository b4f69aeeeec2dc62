import { parseUrl } from "./parse_url.ts";

/**
 * Tells whether a URL stands on its own: it has a scheme and can be parsed.
 *
 * Any scheme will do, also one that is meant as a host, as in `localhost:3000/x`.
 */
export function isAbsoluteUrl(url: string): boolean {
  return parseUrl(url) !== null;
}
