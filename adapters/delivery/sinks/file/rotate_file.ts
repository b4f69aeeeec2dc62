import { builtIn } from "../../../support/built_in.ts";
import { syncFolder } from "./line_file.ts";

/**
 * Moves a file out of the way: `events.ndjson` becomes `events.ndjson.1`, or the number after the
 * largest that is there, so that a name never changes again. Then removes the oldest beyond `keep`.
 */
export async function rotateFile(path: string, keep: number): Promise<void> {
  const { rename, rm } = builtIn("node:fs/promises");
  const numbers = await rotatedNumbers(path);
  const next = (numbers.at(-1) ?? 0) + 1;
  await rename(path, `${path}.${next}`);
  const all = [...numbers, next];
  for (const number of all.slice(0, Math.max(0, all.length - keep))) {
    await rm(`${path}.${number}`, { force: true });
  }
  await syncFolder(path);
}

/** Lists the numbers of the files that were moved, in order. */
async function rotatedNumbers(path: string): Promise<readonly number[]> {
  const { readdir } = builtIn("node:fs/promises");
  const { basename, dirname } = builtIn("node:path");
  const start = `${basename(path)}.`;
  return (await readdir(dirname(path)))
    .filter((name) =>
      name.startsWith(start) && /^[1-9]\d{0,14}$/.test(name.slice(start.length))
    )
    .map((name) => Number(name.slice(start.length)))
    .toSorted((left, right) => left - right);
}
