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
