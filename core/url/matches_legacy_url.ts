/**
 * Tells whether a page passes the `url` of an experiment, the older form of URL targeting.
 *
 * `pattern` is a regular expression; where an experiment's overrides replaced it, its source as a
 * string. It is tested against `url` as it stands, and against `url` without scheme and host. A
 * `g` or `y` flag has no lasting effect: each test starts at the start of the text, and the
 * expression's `lastIndex` is neither read nor changed.
 *
 * Returns false without a URL, and for a pattern of another kind. A string that is no regular
 * expression counts as no pattern at all, so that every page passes, as do null, false and 0.
 *
 * Source: GrowthBook's rules. Only `http:` and `https:` are taken for a scheme, in lower case;
 * after that everything up to the first slash is the host.
 */
export function matchesLegacyUrl(
  pattern: RegExp | string,
  url: string,
): boolean {
  if (!pattern && pattern !== "") return true;
  let regex: RegExp | null = null;
  if (typeof pattern === "string") {
    regex = fromSource(pattern);
    if (regex === null) return true;
  } else if (isRegExp(pattern)) {
    regex = withoutMemory(pattern);
  }
  if (regex === null || !url) return false;
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

function fromSource(source: string): RegExp | null {
  try {
    return new RegExp(source);
  } catch {
    return null;
  }
}
