/**
 * Writes a text so that SQLite gives it back as it was: one with a NUL character, with half a
 * surrogate pair, or with a quotation mark in front, as JSON; any other as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(writeText("user-1"), "user-1");
 * assertEquals(readText(writeText("a\0b")), "a\0b");
 * ```
 */
export function writeText(text: string): string {
  const isPlain = !text.startsWith('"') && !text.includes("\0") &&
    text.isWellFormed();
  return isPlain ? text : JSON.stringify(text);
}

/** Reads what {@linkcode writeText} wrote. */
export function readText(stored: string): string {
  return stored.startsWith('"') ? JSON.parse(stored) : stored;
}
