import { keysSafely, kindOf, lengthSafely, readSafely } from "./read_safely.ts";

/** Reads the properties of a plain object, each once; null for anything else. */
export function readRecord(value: unknown): Map<string, unknown> | null {
  const names = kindOf(value) === "record" ? keysSafely(value as object) : null;
  if (names === null) return null;
  const properties = new Map<string, unknown>();
  for (const name of names) {
    const property = readSafely(value as object, name);
    if (property !== undefined) properties.set(name, property);
  }
  return properties;
}

/** Reads the elements of an array, each once, with its index; null for anything else. */
export function readList(
  value: unknown,
): readonly (readonly [index: number, value: unknown])[] | null {
  const length = kindOf(value) === "array"
    ? lengthSafely(value as object)
    : null;
  return length === null ? null : Array.from(
    { length },
    (_, index) => [index, readSafely(value as object, index)] as const,
  );
}
