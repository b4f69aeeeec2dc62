/** Control and format characters (colours, direction, line ends) and halves of a character. */
const unsafeCharacters = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Writes characters that could command a terminal, break a line, or hide and reorder text as
 * `\uXXXX`. Payloads come from elsewhere: what they say must not act.
 *
 * JSON text stays JSON text of the same value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeText("red \x1b[31m"), "red \\u001b[31m");
 * ```
 */
export function escapeText(text: string): string {
  return text.replace(unsafeCharacters, escapeCharacter);
}

function escapeCharacter(character: string): string {
  let escaped = "";
  for (let index = 0; index < character.length; index++) {
    const unit = character.charCodeAt(index).toString(16).padStart(4, "0");
    escaped += `\\u${unit}`;
  }
  return escaped;
}
