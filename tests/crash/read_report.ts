/** What a writer said before it was killed. */
export interface WriterReport {
  /** The batches that it said were appended. */
  readonly appended: readonly number[];
  /** The events whose delivery it said was committed. */
  readonly delivered: readonly string[];
  /** The events that it was delivering when it was killed. */
  readonly inFlight: readonly string[];
}

/** Reads what a writer said. A line without an end was never said. */
export function readReport(text: string): WriterReport {
  const appended: number[] = [];
  const delivered: string[] = [];
  let inFlight: string[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const [sign, ...words] = line.split(" ");
    if (sign === "+") appended.push(Number(words[0]));
    if (sign === ">") inFlight = words;
    if (sign === "=") {
      delivered.push(...inFlight);
      inFlight = [];
    }
  }
  return { appended, delivered, inFlight };
}
