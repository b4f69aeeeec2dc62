import { type BlockRow, readBlock } from "../blocks/block.ts";
import { readLogEnd } from "../blocks/block_writer.ts";
import type { Connection } from "../file/connection.ts";
import {
  createMarkKeys,
  type MarkKey,
  type MarkKeys,
} from "./create_mark_keys.ts";
import { createForgetting } from "./forget_marks.ts";
import type { Mark, UserMarks } from "./mark_row.ts";
import { findMark, joinMarks, readUser, saveUser } from "./user_marks.ts";

/** How exposures are marked, in one call. */
export interface MarkAges {
  /** The time by the store's clock. */
  readonly now: number;
  /** For how long a mark holds, in milliseconds. */
  readonly exposureAge: number;
}

/**
 * The marks of a log: which exposures it has. A mark is in the event itself, in the block that was
 * appended with an age; from there marks go to a table, many at a time and in its order, since each of
 * its pages that changes is written as a whole. Those of the blocks after that are in memory as well,
 * and are read again where another process appended, put marks into the table, or removed some.
 */
export interface Marks {
  /** Makes their keys. */
  readonly keys: MarkKeys;
  /** Reads what the log has of marks that is not in the table; `last` is the end of the log. */
  readonly open: (connection: Connection, last: number) => void;
  /**
   * Gives the position of an exposure whose mark holds; null where there is none. A mark from the
   * future counts as one of now, and becomes one.
   */
  readonly find: (key: MarkKey, ages: MarkAges) => number | null;
  /** Marks an exposure that is appended. */
  readonly set: (key: MarkKey, position: number, ages: MarkAges) => void;
  /** Puts marks into the table, where they are many, or all where `isAll`. */
  readonly settle: (now: number, isAll?: boolean) => void;
  /** Whether some are in memory alone. */
  readonly isBehind: () => boolean;
  /** Forgets what is in memory: a transaction was undone. */
  readonly reset: () => void;
}

/** How many events the table is behind at most, marked or not: those are looked through at a start. */
const farthest = 50_000;

/** What the file says of a table of marks that is new. */
const nothingSettled = { position: 0, removals: 0 };

interface Opened {
  readonly connection: Connection;
  /** Up to where the table has the marks. */
  settled: number;
  /** How often marks may have left the table. */
  readonly removals: number;
  /** Up to where they are in memory. */
  last: number;
}

/** What is in memory alone of a user's marks. */
interface RecentMarks {
  readonly marks: Mark[];
  age: number;
  /** What the table has of the user; null where that is not known. */
  older: UserMarks | null;
}

/** Creates the marks of a log that remembers about `capacity` of them. */
export function createMarks(capacity: number): Marks {
  const most = Math.min(10_000, capacity / 10);
  const keys = createMarkKeys();
  const forget = createForgetting(capacity, most);
  const recent = new Map<number, RecentMarks>();
  let opened: Opened | null = null;
  let count = 0;
  let isMoved = false;

  function reset(): void {
    recent.clear();
    opened = null;
    count = 0;
    isMoved = false;
  }

  function userOf(user: number): RecentMarks {
    let known = recent.get(user);
    if (known === undefined) {
      recent.set(user, known = { marks: [], age: 0, older: null });
    }
    return known;
  }

  function put(
    user: RecentMarks,
    shown: string,
    position: number,
    { now, exposureAge }: MarkAges,
  ): void {
    user.age = Math.max(user.age, exposureAge);
    const mark = findMark(user, shown);
    if (mark === undefined) {
      count++;
      user.marks.push({ shown, position, time: now });
    } else {
      mark.position = position;
      mark.time = now;
    }
  }

  function open(connection: Connection, last: number): void {
    const { statements } = connection;
    const { position: settled, removals } =
      (statements.settled.get() ?? nothingSettled) as typeof nothingSettled;
    const isSame = opened?.connection === connection &&
      opened.settled === settled && opened.removals === removals &&
      opened.last <= last;
    if (!isSame) reset();
    opened ??= { connection, settled, removals, last: settled };
    if (opened.last === last) return;
    const rows = statements.markedBlocks.all(
      opened.last,
    ) as unknown as readonly (BlockRow & {
      readonly time: number;
      readonly age: number;
    })[];
    for (const row of rows) {
      for (const event of readBlock(statements, row)) {
        const key = keys.of(event, null);
        if (key === null) continue;
        const ages = { now: row.time, exposureAge: row.age };
        put(userOf(key.user), key.shown, event.position, ages);
      }
    }
    opened.last = last;
  }

  function find({ user, shown }: MarkKey, ages: MarkAges): number | null {
    const known = userOf(user);
    known.older ??= readUser(opened!.connection.statements, user);
    const mark = findMark(known, shown) ?? findMark(known.older, shown);
    if (mark === undefined) return null;
    const { now, exposureAge } = ages;
    if (mark.time > now) {
      put(known, shown, mark.position, ages);
      // No block says so.
      isMoved = true;
      return mark.position;
    }
    return now - mark.time < exposureAge ? mark.position : null;
  }

  function settle(now: number, isAll = false): void {
    const { connection, last, settled } = opened!;
    const isDue = isAll || isMoved || count > most ||
      last - settled > farthest || recent.size > 2 * most;
    if (!isDue || recent.size === 0 && last === settled) return;
    const { statements } = connection;
    for (const user of Float64Array.from(recent.keys()).sort()) {
      const newer = recent.get(user)!;
      if (newer.marks.length === 0) continue;
      const older = newer.older ?? readUser(statements, user);
      saveUser(statements, user, joinMarks(older, newer, now));
    }
    statements.settle.run(last);
    forget(statements, now);
    recent.clear();
    count = 0;
    isMoved = false;
    opened!.settled = last;
  }

  return {
    keys,
    open,
    isBehind: () => recent.size > 0,
    find,
    reset,
    settle,
    set: ({ user, shown }, position, ages) => {
      put(userOf(user), shown, position, ages);
      opened!.last = position;
    },
  };
}

/**
 * Puts all marks into the table, within a transaction, so that the blocks are not needed for them, and
 * marks may be removed: every process reads them again.
 */
export function settleMarks(
  connection: Connection,
  marks: Marks,
  now: number,
): void {
  const { statements } = connection;
  marks.open(connection, readLogEnd(statements).last);
  marks.settle(now, true);
  statements.noteRemoval.run();
  marks.reset();
}
