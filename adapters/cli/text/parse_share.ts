/**
 * Reads a share: a number from 0 to 1, or a percentage from 0 % to 100 % with its sign. Gives null
 * for anything else.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseShare("0.02"), 0.02);
 * assertEquals(parseShare("2%"), 0.02);
 * assertEquals(parseShare("2"), null);
 * ```
 */
export function parseShare(text: string): number | null {
  const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,15})?|\.\d{1,15}) ?(%?)$/
    .exec(text.trim()) ?? [];
  if (digits === undefined) return null;
  const share = percent === "%" ? Number(digits) / 100 : Number(digits);
  return share <= 1 ? share : null;
}
