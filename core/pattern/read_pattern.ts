/** Makes a regular expression; null where the source isn't a valid one. */
export function readPattern(source: unknown, flags: string): RegExp | null {
  if (typeof source !== "string") return null;
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}
