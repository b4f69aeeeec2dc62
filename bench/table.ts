/** Prints a row of a table: a name, and cells that are aligned. */
export function printRow(name: string, ...cells: readonly string[]): void {
  const padded = cells.map((cell) => cell.padStart(12)).join("");
  console.log(`${name.padEnd(48)}${padded}`.trimEnd());
}

/** Gives the mean of ratios. */
export function geometricMean(numbers: readonly number[]): number {
  const logarithms = numbers.map(Math.log);
  return Math.exp(
    logarithms.reduce((sum, number) => sum + number) / numbers.length,
  );
}

/** Writes a number with so many decimals; nothing where there is none. */
export function format(number: number, digits = 0): string {
  return Number.isNaN(number) ? "" : number.toFixed(digits);
}
