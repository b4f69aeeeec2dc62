import { fitText } from "./fit_text.ts";
import type { TableColumn } from "./table_column.ts";
import { textWidth } from "./text_width.ts";

const gap = "  ";

/**
 * Lays out a table as lines of text: the titles, a rule, and the rows, whose cells must be escaped
 * already. `width` is how many columns there are: where they don't suffice, the widest cells are
 * cut. With null, nothing is cut.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const columns = [{ title: "feature", share: 1 }, { title: "value", share: 1 }];
 * assertEquals(formatTable(columns, [["dark-mode", "true"]], null), [
 *   "feature    value",
 *   "---------  -----",
 *   "dark-mode  true",
 * ]);
 * ```
 */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number | null,
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  const needed = columns.map(({ title }, index) =>
    rows.reduce(
      (most, row) => Math.max(most, textWidth(row[index] ?? "")),
      textWidth(title),
    )
  );
  const widths = width === null ? needed : shrink(columns, needed, width);
  const rule = widths.map((columnWidth) => "-".repeat(columnWidth));
  return [titles, rule, ...rows].map((row) => formatRow(row, widths));
}

function shrink(
  columns: readonly TableColumn[],
  needed: readonly number[],
  width: number,
): readonly number[] {
  const available = width - gap.length * (columns.length - 1);
  const widths = needed.map((columnWidth, index) =>
    Math.min(columnWidth, Math.max(width, columns[index]!.title.length))
  );
  let excess = widths.reduce((sum, each) => sum + each, 0) - available;
  for (; excess > 0; excess--) {
    const widest = findWidest(columns, widths);
    if (widest < 0) break;
    widths[widest]!--;
  }
  return widths;
}

// The one that has most beyond its share; none gets narrower than its title, and then it is -1.
function findWidest(
  columns: readonly TableColumn[],
  widths: readonly number[],
): number {
  let found = -1;
  let most = 0;
  columns.forEach(({ title, share }, index) => {
    const width = widths[index]!;
    if (width <= title.length || width / share <= most) return;
    most = width / share;
    found = index;
  });
  return found;
}

function formatRow(row: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, index) => {
    const cell = fitText(row[index] ?? "", width);
    return cell + " ".repeat(Math.max(0, width - textWidth(cell)));
  });
  return cells.join(gap).trimEnd();
}
