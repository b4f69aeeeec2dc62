/** What a writer said before it was killed. */
export interface WriterReport {
  /** The batches that it said were appended. */
  readonly appended: readonly number[];
  /** The events that were handed to its consumer, in order, as often as they were. */
  readonly given: readonly string[];
  /** Those of them whose delivery was not committed, as far as it said, when it was killed. */
  readonly inFlight: readonly string[];
}

/** Reads what a writer said. A line without an end was never said. */
export function readReport(text: string): WriterReport {
  const appended: number[] = [];
  const given: string[] = [];
  let inFlight: string[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const [sign, ...words] = line.split(" ");
    if (sign === "+") appended.push(Number(words[0]));
    if (sign === ">") {
      inFlight = words;
      given.push(...words);
    }
    if (sign === "=") inFlight = [];
  }
  return { appended, given, inFlight };
}
