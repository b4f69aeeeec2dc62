/**
 * Passes a value off as one of a type that it does not have, as a payload or a caller without types
 * may.
 */
export function malformed<T>(value: unknown): T {
  return value as T;
}
