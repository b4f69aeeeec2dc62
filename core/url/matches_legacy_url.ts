import { compileRegExp, type Matcher } from "../pattern/compile_pattern.ts";

// Patterns compile the same each time, so this can't be seen.
const compiled = /* @__PURE__ */ new WeakMap<RegExp, Matcher>();

/**
 * Tells whether a page passes the `url` of an experiment, the older form of URL targeting.
 *
 * `pattern` is a regular expression. It is tested against `url` as it stands, and against `url`
 * without scheme and host. A `g` or `y` flag has no lasting effect: each test starts at the start
 * of the text, and the expression's `lastIndex` is neither read nor changed.
 *
 * Returns false without a URL, for a pattern of another kind, and where it would take too many steps
 * to find out.
 *
 * Source: GrowthBook's rules. Only `http:` and `https:` are taken for a scheme, in lower case;
 * after that everything up to the first slash is the host.
 */
export function matchesLegacyUrl(pattern: unknown, url: string): boolean {
  if (!url || !isRegExp(pattern)) return false;
  let matches = compiled.get(pattern);
  if (matches === undefined) {
    matches = compileRegExp(pattern);
    compiled.set(pattern, matches);
  }
  try {
    return matches(url) || matches(withoutHost(url));
  } catch {
    return false;
  }
}

function withoutHost(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/^[^/]*\//, "/");
}

/* By its tag: a regular expression may come from another realm, such as a frame. */
function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === "[object RegExp]";
}
