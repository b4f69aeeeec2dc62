/**
 * Writes line numbers, in ascending order, as ranges.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatLines([3, 4, 5, 9]), "3-5, 9");
 * ```
 */
export function formatLines(lines: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const line of lines) {
    const range = ranges.at(-1);
    if (range !== undefined && line <= range[1] + 1) range[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([first, last]) =>
    first === last ? `${first}` : `${first}-${last}`
  ).join(", ");
}
