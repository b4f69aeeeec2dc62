import { fitText } from "./fit_text.ts";
import { textWidth } from "./text_width.ts";
import { wrapText } from "./wrap_text.ts";

/** A column of a table. */
export interface TableColumn {
  /** What stands above it. */
  readonly title: string;
  /** Its share of the width, compared with the other columns, when the table is too wide. */
  readonly share: number;
  /** The fewest columns to which its texts are cut; the width of its title where that is more. */
  readonly least?: number;
  /** Whether it holds numbers: these stand at the right, and are never cut. */
  readonly isNumber?: boolean;
}

const gap = "  ";

/** A number, a share or a count: cut, it would be another one. */
const number = /^-?[\d.,]+(?:e[+-]?\d+)?(?: %)?$/i;

/**
 * Lays out a table as lines of text: the titles, a rule, and the rows, whose cells must be escaped
 * already. `width` is how many columns there are: where they don't suffice, the widest texts are
 * cut, but no numbers. Where that is not enough either, each row becomes a paragraph with a line for
 * each cell, and nothing is cut. With null, nothing is cut.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const columns = [{ title: "feature", share: 1 }, { title: "uses", share: 1, isNumber: true }];
 * assertEquals(formatTable(columns, [["dark-mode", "12"]], null), [
 *   "feature    uses",
 *   "---------  ----",
 *   "dark-mode    12",
 * ]);
 * assertEquals(formatTable(columns, [["dark-mode", "12"]], 10), ["dark-mode", "  uses  12"]);
 * ```
 */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number | null,
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  const needed = columns.map(({ title }, index) =>
    widest(rows, index, () => true, textWidth(title))
  );
  const widths = width === null
    ? needed
    : shrink(columns, needed, leastOf(columns, rows, needed), width);
  if (widths === null) return formatParagraphs(titles, rows, width ?? 0);
  const rule = widths.map((columnWidth) => "-".repeat(columnWidth));
  return [titles, rule, ...rows].map((row) => formatRow(columns, row, widths));
}

function widest(
  rows: readonly (readonly string[])[],
  index: number,
  counts: (cell: string) => boolean,
  atLeast: number,
): number {
  return rows.reduce((most, row) => {
    const cell = row[index] ?? "";
    return counts(cell) ? Math.max(most, textWidth(cell)) : most;
  }, atLeast);
}

function leastOf(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  needed: readonly number[],
): readonly number[] {
  return columns.map(({ title, isNumber, least = 8 }, index) => {
    const most = needed[index]!;
    if (isNumber === true) return most;
    const enough = Math.max(textWidth(title), least);
    const ofNumbers = widest(rows, index, (cell) => number.test(cell), 0);
    return Math.max(Math.min(most, enough), ofNumbers);
  });
}

// Null where the table does not fit.
function shrink(
  columns: readonly TableColumn[],
  needed: readonly number[],
  least: readonly number[],
  width: number,
): readonly number[] | null {
  const available = width - gap.length * (columns.length - 1);
  if (sum(least) > available) return null;
  const widths = needed.map((columnWidth, index) =>
    Math.min(columnWidth, Math.max(width, least[index]!))
  );
  for (let excess = sum(widths) - available; excess > 0; excess--) {
    const index = findWidest(columns, widths, least);
    widths[index]!--;
  }
  return widths;
}

// The one that has most beyond its share, of those that can be narrower.
function findWidest(
  columns: readonly TableColumn[],
  widths: readonly number[],
  least: readonly number[],
): number {
  let found = -1;
  let most = 0;
  columns.forEach(({ share }, index) => {
    const width = widths[index]!;
    if (width <= least[index]! || width / share <= most) return;
    most = width / share;
    found = index;
  });
  return found;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, each) => total + each, 0);
}

function formatRow(
  columns: readonly TableColumn[],
  row: readonly string[],
  widths: readonly number[],
): string {
  const cells = widths.map((width, index) => {
    const cell = fitText(row[index] ?? "", width);
    const space = " ".repeat(Math.max(0, width - textWidth(cell)));
    return columns[index]!.isNumber === true ? space + cell : cell + space;
  });
  return cells.join(gap).trimEnd();
}

function formatParagraphs(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const [, ...others] = titles;
  const indent = Math.max(...others.map(textWidth)) + 2 * gap.length;
  return rows.flatMap(([first = "", ...cells]) => [
    ...wrapText(first, width, 1),
    ...cells.flatMap((cell, index) => {
      if (cell === "") return [];
      const title = others[index]!;
      const label = gap + title + " ".repeat(indent - 2 - textWidth(title));
      const lines = number.test(cell)
        ? [cell]
        : wrapText(cell, Math.max(10, width - indent));
      return lines.map((line, row) =>
        (row === 0 ? label : " ".repeat(indent)) + line
      );
    }),
  ]);
}
