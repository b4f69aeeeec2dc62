/**
 * Registers a test for each row, named after what is tested and the row's first entry, so that a
 * failing row names itself.
 */
export function testRows<
  Row extends readonly [fact: string, ...rest: unknown[]],
>(
  subject: string,
  rows: readonly Row[],
  check: (row: Row) => void,
): void {
  for (const row of rows) {
    Deno.test(`${subject} ${row[0]}`, () => check(row));
  }
}
