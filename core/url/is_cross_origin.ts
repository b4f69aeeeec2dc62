import { parseUrl } from "./parse_url.ts";

/**
 * Tells whether going from one URL to another changes scheme, host or port.
 *
 * Credentials and a port that is the scheme's own make no difference. True when either URL is not
 * absolute: what is unknown must not pass for the same origin.
 */
export function isCrossOrigin(currentUrl: string, targetUrl: string): boolean {
  const current = parseUrl(currentUrl);
  const target = parseUrl(targetUrl);
  if (current === null || target === null) return true;
  // Not by `origin`, which is the same text `null` for every other scheme.
  return current.protocol !== target.protocol || current.host !== target.host;
}
