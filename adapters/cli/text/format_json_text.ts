import { escapeText } from "./escape_text.ts";

/** Writes a value as indented JSON in which no character commands a terminal, with a last line break. */
export function formatJsonText(value: unknown): string {
  // The line breaks are ours: JSON writes those of texts as \n.
  const lines = JSON.stringify(value, null, 2).split("\n");
  return lines.map((line) => `${escapeText(line)}\n`).join("");
}
