import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { type BlockRow, readBlock } from "../blocks/block.ts";
import { ifIntact } from "../blocks/if_intact.ts";
import type { Connection } from "../file/connection.ts";
import {
  createMarkKeys,
  type MarkKey,
  type MarkKeys,
} from "./create_mark_keys.ts";
import { createMarkColumns } from "./mark_columns.ts";
import { createMarkSegments } from "./mark_segments.ts";

/** How exposures are marked, in one call. */
export interface MarkAges {
  /** The time by the store's clock. */
  readonly now: number;
  /** For how long a mark holds, in milliseconds. */
  readonly exposureAge: number;
}

/**
 * The marks of a log: which exposures it has. All are in memory. A mark is in the event itself, in the
 * block that was appended with an age; from there marks go to a table, many in a row of it. What other
 * processes append, put into the table or remove is read where it is new. What is damaged marks nothing,
 * so that it stops no append.
 */
export interface Marks {
  /** Makes their keys. */
  readonly keys: MarkKeys;
  /** Reads what is new; `last` is the end of the log. */
  readonly open: (connection: Connection, last: number) => void;
  /**
   * Gives the position of an exposure whose mark holds; null where there is none. A mark from the
   * future counts as one of now, and becomes one.
   */
  readonly find: (key: MarkKey, ages: MarkAges) => number | null;
  /** Marks an exposure that is appended. */
  readonly set: (key: MarkKey, position: number, ages: MarkAges) => void;
  /** Is told of the new end of the log. Puts marks into the table, where they are many. */
  readonly settle: (now: number, last: number) => void;
  /** Puts all of those up to a position into the table, which it was opened for. */
  readonly settleThrough: (now: number, position: number) => void;
  /** Removes the marks of events, which are in the table. */
  readonly removeEvents: (events: readonly RecordedEvent[]) => void;
  /** Removes the marks of a user, which are in the table. */
  readonly removeUser: (user: number) => void;
  /** Whether some are in blocks alone. */
  readonly isBehind: () => boolean;
  /** Forgets what is in memory: a transaction was undone. */
  readonly reset: () => void;
}

/** How many events the table is behind at most, marked or not: those are looked through at a start. */
const farthest = 50_000;

/** What the file says of a table of marks that is new. */
const nothingSettled = { position: 0, newest: 0, removals: 0 };

interface Opened {
  readonly connection: Connection;
  /** Up to where the table has the marks. */
  settled: number;
  /** How often marks were removed from the table. */
  removals: number;
  /** Up to where they are in memory. */
  last: number;
}

/** Creates the marks of a log that remembers about `capacity` of them. */
export function createMarks(capacity: number): Marks {
  const most = Math.min(10_000, capacity / 10);
  const keys = createMarkKeys();
  let columns = createMarkColumns();
  let segments = createMarkSegments(columns, most);
  let opened: Opened | null = null;
  // When the last of those that are in blocks alone is over.
  let until = 0;
  let isMoved = false;

  function reset(): void {
    columns = createMarkColumns();
    segments = createMarkSegments(columns, most);
    opened = null;
    until = 0;
    isMoved = false;
  }

  function add(
    key: MarkKey,
    position: number,
    { now, exposureAge }: MarkAges,
  ): void {
    until = Math.max(until, now + exposureAge);
    columns.add(key, position, now);
  }

  function open(connection: Connection, last: number): void {
    const { statements } = connection;
    const { position: settled, newest, removals } =
      (statements.settled.get() ?? nothingSettled) as typeof nothingSettled;
    const isSame = opened?.connection === connection &&
      opened.removals === removals && opened.settled <= settled &&
      segments.newest() <= newest && opened.last <= last;
    if (!isSame) reset();
    opened ??= { connection, settled: 0, removals, last: 0 };
    if (opened.settled !== settled || segments.newest() !== newest) {
      segments.read(statements, newest);
      opened.settled = opened.last = settled;
      until = 0;
    }
    if (opened.last < last) readBlocks(statements, opened.last);
    opened.last = last;
  }

  function readBlocks(
    statements: Connection["statements"],
    after: number,
  ): void {
    const rows = statements.markedBlocks.all(after) as unknown as readonly (
      & BlockRow
      & { readonly time: number; readonly age: number }
    )[];
    for (const row of rows) {
      const ages = { now: row.time, exposureAge: row.age };
      const marked = ifIntact(() => readMarked(statements, row), []);
      for (const [key, position] of marked) add(key, position, ages);
    }
  }

  function readMarked(
    statements: Connection["statements"],
    row: BlockRow,
  ): readonly (readonly [MarkKey, number])[] {
    return readBlock(statements, row).flatMap((event) => {
      const key = keys.of(event, null);
      return key === null ? [] : [[key, event.position] as const];
    });
  }

  function find(key: MarkKey, ages: MarkAges): number | null {
    const index = columns.find(key);
    if (index < 0) return null;
    const position = columns.positionAt(index);
    const time = columns.timeAt(index);
    const { now, exposureAge } = ages;
    if (time > now) {
      add(key, position, ages);
      // No block says so.
      isMoved = true;
      return position;
    }
    return now - time < exposureAge ? position : null;
  }

  function settleAll(now: number): void {
    const { connection: { statements }, last } = opened!;
    segments.add(statements, until);
    segments.forget(statements, now, capacity);
    statements.settle.run(last, segments.newest());
    opened!.settled = last;
    until = 0;
    isMoved = false;
  }

  function removeWhere(
    user: number,
    isGone: (index: number) => boolean,
  ): void {
    columns.remove(user, (index) => {
      const isRemoved = isGone(index);
      if (isRemoved) segments.touch(index);
      return isRemoved;
    });
  }

  function writeRemoval(): void {
    const { statements } = opened!.connection;
    if (!segments.rewrite(statements)) return;
    statements.noteRemoval.run();
    opened!.removals++;
  }

  return {
    keys,
    open,
    find,
    reset,
    isBehind: () => segments.behind() > 0,
    set: add,
    settle: (now, last) => {
      opened!.last = last;
      const isDue = isMoved || segments.behind() > most ||
        last - opened!.settled > farthest;
      if (isDue) settleAll(now);
    },
    settleThrough: (now, position) => {
      if (opened!.settled < position || columns.length() > capacity) {
        settleAll(now);
      }
    },
    removeEvents: (events) => {
      for (const event of events) {
        const key = keys.of(event, null);
        if (key === null) continue;
        const { position } = event;
        removeWhere(
          key.user,
          (index) => columns.positionAt(index) === position,
        );
      }
      writeRemoval();
    },
    removeUser: (user) => {
      removeWhere(user, () => true);
      writeRemoval();
    },
  };
}
