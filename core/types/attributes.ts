/**
 * What is known of a user, by attribute name: `{ id: "7", country: "fr" }`. Values are JSON as a
 * rule. Anything else is tolerated, since attributes are hostile until proven otherwise: what
 * can't be compared fails the comparison.
 */
export interface Attributes {
  /** The value of an attribute. */
  readonly [name: string]: unknown;
}

/**
 * Attributes as an application may type its users: an `interface` will do as well, which has no
 * index signature. Lists, functions and plain values are no users.
 */
export type UserAttributes =
  | Attributes
  | (object & { readonly length?: never });
