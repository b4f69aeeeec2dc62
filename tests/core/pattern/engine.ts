/**
 * Answers whether patterns match texts, as the engine of this runtime does: reads a case a line,
 * `[source, flags, text]` as JSON, and prints `true`, `false`, or `null` for a pattern that it can't
 * read. A program of its own, as a thread that searches can't be stopped.
 *
 * @module
 */
import process from "node:process";
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const [source, flags, text] = JSON.parse(line);
  console.log(JSON.stringify(answer(source, flags, text)));
}

function answer(source: string, flags: string, text: string): boolean | null {
  try {
    return new RegExp(source, flags).test(text);
  } catch {
    return null;
  }
}
