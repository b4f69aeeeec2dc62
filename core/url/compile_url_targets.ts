import { compilePattern } from "../pattern/compile_pattern.ts";
import { attempt } from "../support/attempt.ts";
import type { UrlTarget } from "../types/experiment.ts";
import { compileSimplePattern } from "./compile_simple_pattern.ts";
import { type ParsedUrl, parseUrl } from "./parse_url.ts";

/**
 * Turns URL targets into one test for URLs; see `isUrlTargeted` for what it tests.
 *
 * Patterns are parsed here, once. Malformed targets do what they do in the official SDK: one of
 * an unknown type or with a pattern that cannot be read matches nothing, `include` counts as true
 * unless it is `false`. Where the official SDK throws, no URL is targeted.
 */
export function compileUrlTargets(
  targets: readonly UrlTarget[],
): (url: string) => boolean {
  if (!targets?.length) return never;
  const wanted: UrlTest[] = [];
  const ruledOut: UrlTest[] = [];
  // By index, because the official SDK takes any record with a length for a list.
  for (let index = 0; index < targets.length; index++) {
    const target = targets[index];
    if (target === undefined || target === null) return never;
    (target.include === false ? ruledOut : wanted).push(compileTarget(target));
  }
  return (url) => {
    const parsed = parseUrl(url, "https://_");
    if (parsed === null) return wanted.length === 0;
    const matches = (test: UrlTest) => test(parsed);
    // A pattern that would take too long on a URL must not rule it in by not ruling it out.
    return attempt(
      () =>
        !ruledOut.some(matches) &&
        (wanted.length === 0 || wanted.some(matches)),
      false,
    );
  };
}

type UrlTest = (url: ParsedUrl) => boolean;

function never(): boolean {
  return false;
}

function compileTarget({ type, pattern }: UrlTarget): UrlTest {
  const isSimple = type === "simple" && typeof pattern === "string";
  if (isSimple) return compileSimplePattern(pattern) ?? never;
  const matches = type === "regex" ? compilePattern(pattern, "") : null;
  return matches === null
    ? never
    : ({ href, origin }) => matches(href) || matches(href.slice(origin.length));
}
