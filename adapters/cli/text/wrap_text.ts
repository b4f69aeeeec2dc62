import { textWidth } from "./text_width.ts";

/**
 * Breaks an escaped text into lines of at most `width` columns, between words; a word that is wider
 * is broken where the line ends. All lines but the first are indented by `indent` columns.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapText("one two three", 8), ["one two", "three"]);
 * assertEquals(wrapText("one-two-three", 8), ["one-two-", "three"]);
 * ```
 */
export function wrapText(
  text: string,
  width: number,
  indent = 0,
): readonly string[] {
  const lines: string[] = [];
  const space = " ".repeat(indent);
  let line = "";
  let isEmpty = true;
  const end = () => {
    lines.push(line);
    line = space;
    isEmpty = true;
  };
  for (const word of text.split(" ")) {
    const joined = isEmpty ? line + word : `${line} ${word}`;
    if (textWidth(joined) <= width) {
      line = joined;
      isEmpty = false;
      continue;
    }
    if (!isEmpty) end();
    for (const character of word) {
      if (!isEmpty && textWidth(line + character) > width) end();
      line += character;
      isEmpty = false;
    }
  }
  return [...lines, line];
}

/**
 * Breaks the lines of an escaped text that are wider than a terminal, each going on with two columns
 * more than it begins with. `width` is how many columns there are; with null nothing changes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapLines("  one two\n", 7), "  one\n    two\n");
 * ```
 */
export function wrapLines(text: string, width: number | null): string {
  if (width === null) return text;
  return text.split("\n").flatMap((line) =>
    textWidth(line) <= width
      ? [line]
      : wrapText(line, width, /^ */.exec(line)![0].length + 2)
  ).join("\n");
}
