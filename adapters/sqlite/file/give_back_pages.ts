import type { Connection } from "./connection.ts";
import { readPragma } from "./read_number.ts";

/** How many pages go back to the disk in one step, which takes some milliseconds. */
const step = 500;

/**
 * Gives some of the pages of a file that are free back to the disk, where there are more of them than
 * `spare`, a share of all pages. True where there is more to give back.
 */
export function giveBackPages(
  { database }: Connection,
  spare: number,
): boolean {
  const free = readPragma(database, "freelist_count");
  const pages = readPragma(database, "page_count");
  if (free <= spare * pages) return false;
  // Each page is a row of the result, and `exec` asks for one alone.
  database.prepare(`PRAGMA incremental_vacuum(${step})`).all();
  return free - step > spare * pages;
}
