/** Makes a regular expression; null where the source isn't a valid one. */
export function readPattern(source: unknown, flags: string): RegExp | null {
  if (typeof source !== "string") return null;
  try {
    const pattern = new RegExp(source, flags);
    // Engines put compiling off: a pattern that is too large for one fails when it is used.
    pattern.test("");
    return pattern;
  } catch {
    return null;
  }
}
