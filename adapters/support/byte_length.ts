/**
 * Tells how many bytes of UTF-8 a text has.
 *
 * @example
 * ```ts
 * import { byteLength } from "./byte_length.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(byteLength("a\u20ac"), 4);
 * ```
 */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    // A half of a pair of surrogates has two of its four bytes.
    bytes += code < 0x800 || code >= 0xd800 && code < 0xe000 ? 1 : 2;
  }
  return bytes;
}
