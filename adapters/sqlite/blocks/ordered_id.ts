const uuid7 =
  /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/**
 * Tells whether an id is of the kind that comes in order: a UUID of version 7 (RFC 9562), as those of
 * this library are. Any other is found by an index.
 */
export function isOrderedId(id: string): boolean {
  return uuid7.test(id);
}
