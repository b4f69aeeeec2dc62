import { escapeText } from "./escape_text.ts";

/**
 * Writes a value as JSON with two columns of indentation, in which no character commands a terminal.
 * Returns null where a value nests too deep to be written, or can't be JSON.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatJson(["red \x1b[31m"]), '[\n  "red \\u001b[31m"\n]');
 * ```
 */
export function formatJson(value: unknown): string | null {
  try {
    // The line breaks are ours: JSON writes those of texts as \n.
    return JSON.stringify(value, null, 2).split("\n").map(escapeText).join(
      "\n",
    );
  } catch {
    return null;
  }
}

/** Writes a value of ours, which can be JSON, as {@linkcode formatJson} does, and ends the line. */
export function formatJsonText(value: unknown): string {
  return `${formatJson(value)}\n`;
}
