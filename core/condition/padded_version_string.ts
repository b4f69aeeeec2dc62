const dot = 46;
const dash = 45;
const zero = 48;
const nine = 57;
const width = 5;
const padding = "     ";
const lineBreaks = "\n\r\u2028\u2029";

/**
 * Turns a version into a string that compares as the version does.
 *
 * `input` is a version such as `"v1.2.3-rc.1+build5"`; a number is read as its string, and
 * anything else that is not a non-empty string as `"0"`. A leading `v` and everything from `+`
 * are dropped; a version of exactly three parts ranks after its own pre-releases.
 *
 * @example
 * ```ts
 * import { paddedVersionString } from "@growthstream/sdk";
 * import { assert, assertEquals } from "@std/assert";
 *
 * assertEquals(paddedVersionString("v1.2.3"), "    1-    2-    3-~");
 * assert(paddedVersionString("1.10.0") > paddedVersionString("1.9.0"));
 * assert(paddedVersionString("2.0.0") > paddedVersionString("2.0.0-rc.1"));
 * ```
 */
export function paddedVersionString(input: unknown): string {
  const version = readVersion(input);
  let padded = "";
  let parts = 0;
  let start = 0;
  let numeric = true;
  for (let index = 0; index <= version.length; index++) {
    const unit = index === version.length ? dot : version.charCodeAt(index);
    if (unit === dot || unit === dash) {
      const part = version.slice(start, index);
      if (parts > 0) padded += "-";
      if (numeric && part.length > 0 && part.length < width) {
        padded += padding.slice(part.length);
      }
      padded += part;
      parts++;
      start = index + 1;
      numeric = true;
    } else if (unit < zero || unit > nine) {
      numeric = false;
    }
  }
  return parts === 3 ? padded + "-~" : padded;
}

function readVersion(input: unknown): string {
  const text = typeof input === "number" ? String(input) : input;
  if (typeof text !== "string" || text === "") return "0";
  const start = text.startsWith("v") ? 1 : 0;
  const end = text.indexOf("+") === -1 ? text.length : buildStart(text);
  return text.slice(start, end);
}

// A build number reaches to the end of the text but never over a line break: parity.
function buildStart(version: string): number {
  let start = version.length;
  for (let index = version.length - 1; index >= 0; index--) {
    const character = version[index]!;
    if (character === "+") start = index;
    else if (lineBreaks.includes(character)) break;
  }
  return start;
}
