/**
 * Gives the word that was probably meant: the one that is nearest to what was written, by the number
 * of letters to insert, remove, replace or swap (Damerau 1964, in its restricted form). Null where
 * none is near: more than a third of the letters, or more than two, would have to change.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(suggest("reprot", ["report", "replay"]), "report");
 * assertEquals(suggest("banana", ["report", "replay"]), null);
 * ```
 */
export function suggest(
  written: string,
  words: readonly string[],
): string | null {
  let found: string | null = null;
  // What is longer than any word is near none, and is not to be looked at letter by letter.
  if (written.length > 50) return null;
  let least = Math.min(2, Math.ceil(written.length / 3)) + 1;
  for (const word of words) {
    const distance = distanceOf(written.toLowerCase(), word);
    if (distance >= least) continue;
    least = distance;
    found = word;
  }
  return found;
}

function distanceOf(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const last = rows[row - 1]!;
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = row > 1 && column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1];
      current.push(Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + (isSame ? 0 : 1),
        isSwapped ? rows[row - 2]![column - 2]! + 1 : Infinity,
      ));
    }
    rows.push(current);
  }
  return rows[one.length]![other.length]!;
}
