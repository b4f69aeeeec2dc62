import { compilePattern, type Matcher } from "../pattern/compile_pattern.ts";

/** What a wildcard looks like: unlike `*`, it survives the URL parser anywhere in a URL. */
export const WILDCARD = "_____";

/**
 * Turns a text with wildcards into a test for whole texts, regardless of case. A wildcard stands
 * for any text within one line; `around`, a part of a regular expression, may stand at either end.
 * The test throws where it would take too long, as any pattern's does.
 */
export function compileWildcards(pattern: string, around = ""): Matcher {
  const escaped = pattern.replace(/[^\w\s]/g, "\\$&");
  // With all that is special escaped, there is nothing that could be invalid.
  const inside = escaped.replaceAll(WILDCARD, ".*");
  return compilePattern(`^${around}${inside}${around}$`, "i")!;
}
