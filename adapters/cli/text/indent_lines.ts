/**
 * Sets lines two columns to the right, or as many as `columns` says.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(indentLines(["a", "b"]), ["  a", "  b"]);
 * ```
 */
export function indentLines(
  lines: readonly string[],
  columns = 2,
): readonly string[] {
  const space = " ".repeat(columns);
  return lines.map((line) => space + line);
}
