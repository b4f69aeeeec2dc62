/** A link of a chain, such as the features that ask for one another. */
export interface Link {
  /** What the link is known by. */
  readonly key: string;
  /** The link that was there before; null for the first. */
  readonly outer: Link | null;
}

/** Finds the last link of a chain that has a key; null where none has. */
export function findLink<Chain extends Link & { readonly outer: Chain | null }>(
  last: Chain | null,
  key: string,
): Chain | null {
  for (let link = last; link !== null; link = link.outer) {
    if (link.key === key) return link;
  }
  return null;
}
