/**
 * Tells whether a page passes the `url` of an experiment, the older form of URL targeting.
 *
 * `pattern` is a regular expression. It is tested against `url` as it stands, and against `url`
 * without scheme and host. A `g` or `y` flag has no lasting effect: each test starts at the start
 * of the text, and the expression's `lastIndex` is neither read nor changed.
 *
 * Returns false without a URL, and for a pattern of another kind.
 *
 * Source: GrowthBook's rules. Only `http:` and `https:` are taken for a scheme, in lower case;
 * after that everything up to the first slash is the host.
 */
export function matchesLegacyUrl(pattern: unknown, url: string): boolean {
  if (!url || !isRegExp(pattern)) return false;
  const regex = withoutMemory(pattern);
  // A failed test sets `lastIndex` back to 0.
  return regex.test(url) || regex.test(withoutHost(url));
}

function withoutHost(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/^[^/]*\//, "/");
}

function withoutMemory(pattern: RegExp): RegExp {
  return pattern.global || pattern.sticky
    ? new RegExp(pattern.source, pattern.flags)
    : pattern;
}

/* By its tag: a regular expression may come from another realm, such as a frame. */
function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === "[object RegExp]";
}
