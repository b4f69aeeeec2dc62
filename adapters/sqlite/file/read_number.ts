/** Reads the column `value` of a row as a number; 0 where there is no row, or it is null. */
export function readNumber(row: unknown): number {
  return (row as { readonly value: number | null } | undefined)?.value ?? 0;
}
