// What finds dependencies reads definitions by these, and not by `readOwn` and `isObject`: a client loads it late,
// and what that shared with a page's first chunk would be a file of its own, for which each page would wait.

/** Tells whether a piece of a definition has parts: whether it is an object or a list. */
export function hasParts(
  piece: unknown,
): piece is { readonly [name: string]: unknown } {
  return typeof piece === "object" && piece !== null;
}

/** Adds a name to others; leaves out what can't become a text. */
export function addName(names: Set<string>, name: unknown): void {
  const text = nameOf(name);
  if (text !== null) names.add(text);
}

/** Gives a name as a text; null where it can't become one. */
export function nameOf(name: unknown): string | null {
  try {
    // The text of an array that is all holes, as code may make one, would take forever.
    return String(Array.isArray(name) ? Object.values(name) : name);
  } catch {
    return null;
  }
}

/** Gives the part of a definition's piece that has a name; null where there is none. */
export function partOf(piece: unknown, name: string): unknown {
  return hasParts(piece) && Object.hasOwn(piece, name) ? piece[name] : null;
}
