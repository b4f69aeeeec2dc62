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
  const parts = readVersion(input).split(/[-.]/).map((part) =>
    /^\d+$/.test(part) ? part.padStart(partWidth) : part
  );
  if (parts.length === 3) parts.push("~");
  return parts.join("-");
}

/** The width that numeric parts of a version are padded to. */
const partWidth = 5;

// A number as its string, anything else that is not a non-empty string as `"0"`; without a leading
// `v` and without the build, which reaches to the end of the text but never over a line break: parity.
function readVersion(input: unknown): string {
  const text = typeof input === "number" ? String(input) : input;
  if (typeof text !== "string" || text === "") return "0";
  return text.replace(/^v/, "").replace(build, "$1");
}

// From the start of the last line, so that no other `+` is tried.
const build = /^([^+\n\r\u2028\u2029]*)\+.*(?![^])/m;
