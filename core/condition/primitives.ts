/** Reads a value as `String` does; null where it can't become a string. */
export function toText(value: unknown): string | null {
  if (typeof value === "string") return value;
  try {
    return String(value);
  } catch {
    return null;
  }
}

/** Reads a value as multiplication does; NaN where it can't become a number. */
export function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  try {
    return (value as number) * 1;
  } catch {
    return NaN;
  }
}

/** Gives the JSON text of a value; null where it has none. */
export function toJson(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}

/**
 * Tells whether JavaScript's order takes a value: what can't become a primitive, or is a symbol,
 * compares with nothing, since trying throws.
 */
export function isComparable(value: unknown): value is number {
  if (typeof value === "number" || typeof value === "string") return true;
  try {
    return (value as number) < 0 || true;
  } catch {
    return false;
  }
}
