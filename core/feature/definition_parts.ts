// What finds dependencies reads definitions by these, and not by `readOwn` and `isObject`: a client loads it late,
// and what that shared with a page's first chunk would be a file of its own, for which each page would wait.

/** Tells whether a piece of a definition has parts: whether it is an object or a list. */
export function hasParts(
  piece: unknown,
): piece is { readonly [name: string]: unknown } {
  return typeof piece === "object" && piece !== null;
}

/** Gives the part of a definition's piece that has a name; null where there is none. */
export function partOf(piece: unknown, name: string): unknown {
  return hasParts(piece) && Object.hasOwn(piece, name) ? piece[name] : null;
}
