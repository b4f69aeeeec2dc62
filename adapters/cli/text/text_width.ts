/** Characters that take two columns: those of East Asia, and emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Marks that are drawn over the character before them. */
const combining = /\p{M}/u;

const plain = /^[\x20-\x7e]*$/;

/**
 * Tells how many columns of a terminal an escaped text takes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textWidth("tea"), 3);
 * assertEquals(textWidth("お茶"), 4);
 * ```
 */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    width += wide.test(character) ? 2 : combining.test(character) ? 0 : 1;
  }
  return width;
}
