import {
  isNumericPart,
  nextPartEnd,
  partWidth,
  readVersion,
} from "./version_parts.ts";

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
  const parts: string[] = [];
  for (let start = 0; start <= version.length;) {
    const end = nextPartEnd(version, start);
    const part = version.slice(start, end);
    parts.push(
      isNumericPart(version, start, end) ? part.padStart(partWidth) : part,
    );
    start = end + 1;
  }
  if (parts.length === 3) parts.push("~");
  return parts.join("-");
}
