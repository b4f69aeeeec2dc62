import type { Connection } from "./connection.ts";
import { readPragma } from "./read_number.ts";

/** How many pages go back to the disk in one step, which takes some milliseconds. */
const step = 500;

/** The most pages that a file may have in use for it to be written anew in passing. */
const small = 4096;

/**
 * Gives some of the pages of a file that are free back to the disk, where there are more of them than
 * `spare`, a share of all pages. True where there is more to give back.
 *
 * A file that an earlier version created can't give back some of its pages. It is written anew, once,
 * when at most `most` pages of it are in use (16 MiB by default); until then its free pages are only used
 * again.
 */
export function giveBackPages(
  { database }: Connection,
  spare: number,
  most: number = small,
): boolean {
  const free = readPragma(database, "freelist_count");
  const pages = readPragma(database, "page_count");
  if (free <= spare * pages) return false;
  if (readPragma(database, "auto_vacuum") !== 2) {
    if (pages - free > most) return false;
    database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    database.exec("VACUUM");
    return false;
  }
  // Each page is a row of the result, and `exec` asks for one alone.
  database.prepare(`PRAGMA incremental_vacuum(${step})`).all();
  return free - step > spare * pages;
}
