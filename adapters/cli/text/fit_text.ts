import { textWidth } from "./text_width.ts";

/**
 * Cuts an escaped text to a width in columns, 1 or more; a cut one ends in `…`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(fitText("teapot", 6), "teapot");
 * assertEquals(fitText("teapots", 6), "teapo…");
 * ```
 */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += textWidth(character);
    if (used > width - 1) break;
    end += character.length;
  }
  return `${text.slice(0, end)}…`;
}
