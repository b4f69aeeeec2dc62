import { attempt } from "../support/attempt.ts";
import { compileRegExp } from "../pattern/compile_pattern.ts";

/**
 * Turns the `url` of an experiment, the older form of URL targeting, into a test for URLs.
 *
 * `pattern` is a regular expression. It is tested against a URL as it stands, and against the URL
 * without scheme and host. A `g` or `y` flag has no lasting effect: each test starts at the start
 * of the text, and the expression's `lastIndex` is neither read nor changed.
 *
 * The test is false without a URL, for a pattern of another kind, and where it would take too many
 * steps to find out.
 *
 * Source: GrowthBook's rules. Only `http:` and `https:` are taken for a scheme, in lower case;
 * after that everything up to the first slash is the host.
 */
export function compileLegacyUrl(pattern: unknown): (url: string) => boolean {
  if (!isRegExp(pattern)) return () => false;
  const matches = compileRegExp(pattern);
  return (url) =>
    Boolean(url) &&
    attempt(() => matches(url) || matches(withoutHost(url)), false);
}

function withoutHost(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/^[^/]*\//, "/");
}

/* By its tag: a regular expression may come from another realm, such as a frame. */
function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === "[object RegExp]";
}
