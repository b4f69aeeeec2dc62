import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { Connection } from "../file/connection.ts";
import {
  createMarkKeys,
  type MarkKey,
  type MarkKeys,
} from "./create_mark_keys.ts";
import {
  addMark,
  emptyMemory,
  findMark,
  type MarkAges,
  type MarkMemory,
  openMemory,
} from "./mark_memory.ts";

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

/** Creates the marks of a log that remembers about `capacity` of them. */
export function createMarks(capacity: number): Marks {
  const most = Math.min(10_000, capacity / 10);
  const keys = createMarkKeys();
  let memory = emptyMemory(most);

  return {
    keys,
    open: (connection, last) => {
      memory = openMemory(memory, connection, last, { keys, most });
    },
    find: (key, ages) => findMark(memory, key, ages),
    set: (key, position, ages) => addMark(memory, key, position, ages),
    reset: () => {
      memory = emptyMemory(most);
    },
    isBehind: () => memory.segments.behind() > 0,
    settle: (now, last) => {
      memory.last = last;
      const isDue = memory.isMoved || memory.segments.behind() > most ||
        last - memory.settled > farthest;
      if (isDue) settleAll(memory, now, capacity);
    },
    settleThrough: (now, position) => {
      if (memory.settled < position || memory.columns.length() > capacity) {
        settleAll(memory, now, capacity);
      }
    },
    removeEvents: (events) => {
      for (const event of events) {
        const user = keys.of(event, null)?.user;
        if (user === undefined) continue;
        const { columns } = memory;
        const { position } = event;
        const isIts = (index: number) => columns.positionAt(index) === position;
        removeWhere(memory, user, isIts);
      }
      writeRemoval(memory);
    },
    removeUser: (user) => {
      removeWhere(memory, user, () => true);
      writeRemoval(memory);
    },
  };
}

function settleAll(memory: MarkMemory, now: number, capacity: number): void {
  const { segments, last, until } = memory;
  const { statements } = memory.connection!;
  segments.add(statements, until);
  segments.forget(statements, now, capacity);
  statements.settle.run(last, segments.newest());
  memory.settled = last;
  memory.until = 0;
  memory.isMoved = false;
}

function removeWhere(
  { columns, segments }: MarkMemory,
  user: number,
  isGone: (index: number) => boolean,
): void {
  columns.remove(user, (index) => {
    const isRemoved = isGone(index);
    if (isRemoved) segments.touch(index);
    return isRemoved;
  });
}

function writeRemoval(memory: MarkMemory): void {
  const { statements } = memory.connection!;
  if (!memory.segments.rewrite(statements)) return;
  statements.noteRemoval.run();
  memory.removals++;
}
