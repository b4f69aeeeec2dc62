import { compilePattern, type Matcher } from "../pattern/compile_pattern.ts";

/** What a wildcard looks like: unlike `*`, it survives the URL parser anywhere in a URL. */
export const WILDCARD = "_____";

/**
 * Turns a text with wildcards into a test for whole texts, regardless of case. A wildcard stands
 * for any text within one line. The test throws where it would take too long, as any pattern's does.
 */
export function compileWildcards(pattern: string): Matcher {
  const escaped = pattern.replace(/[^\w\s]/g, "\\$&");
  // With all that is special escaped, there is nothing that could be invalid.
  return compilePattern(`^${escaped.replaceAll(WILDCARD, ".*")}$`, "i")!;
}
