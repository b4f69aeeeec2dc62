import { type BlockRow, readBlock } from "../blocks/block.ts";
import { ifIntact } from "../blocks/if_intact.ts";
import type { Connection } from "../file/connection.ts";
import type { MarkKey, MarkKeys } from "./create_mark_keys.ts";
import { createMarkColumns, type MarkColumns } from "./mark_columns.ts";
import { createMarkSegments, type MarkSegments } from "./mark_segments.ts";

/** How exposures are marked, in one call. */
export interface MarkAges {
  /** The time by the store's clock. */
  readonly now: number;
  /** For how long a mark holds, in milliseconds. */
  readonly exposureAge: number;
}

/** The marks of a log in memory, and what is known of those in its file. */
export interface MarkMemory {
  /** The marks. */
  readonly columns: MarkColumns;
  /** The rows of the table that they are in. */
  readonly segments: MarkSegments;
  /** The file that they are from; null before the first. */
  readonly connection: Connection | null;
  /** Up to where the table has them. */
  settled: number;
  /** How often marks were removed from the table. */
  removals: number;
  /** Up to where they are in memory. */
  last: number;
  /** When the last of those that are in blocks alone is over. */
  until: number;
  /** Whether there is one in memory that neither the table nor a block has. */
  isMoved: boolean;
}

/** What the file says of a table of marks that is new. */
const nothingSettled = { position: 0, newest: 0, removals: 0 };

/** Makes a memory without marks, for rows of `most` marks. */
export function emptyMemory(
  most: number,
  connection: Connection | null = null,
  removals = 0,
): MarkMemory {
  const columns = createMarkColumns();
  return {
    columns,
    segments: createMarkSegments(columns, most),
    connection,
    settled: 0,
    removals,
    last: 0,
    until: 0,
    isMoved: false,
  };
}

/** Adds a mark. */
export function addMark(
  memory: MarkMemory,
  key: MarkKey,
  position: number,
  { now, exposureAge }: MarkAges,
): void {
  memory.until = Math.max(memory.until, now + exposureAge);
  memory.columns.add(key, position, now);
}

/**
 * Gives the position of an exposure whose mark holds; null where there is none. A mark from the future counts
 * as one of now, and becomes one.
 */
export function findMark(
  memory: MarkMemory,
  key: MarkKey,
  ages: MarkAges,
): number | null {
  const { columns } = memory;
  const index = columns.find(key);
  if (index < 0) return null;
  const position = columns.positionAt(index);
  const time = columns.timeAt(index);
  const { now, exposureAge } = ages;
  if (time <= now) return now - time < exposureAge ? position : null;
  addMark(memory, key, position, ages);
  memory.isMoved = true;
  return position;
}

/**
 * Reads what is new in a file, whose log ends at `last`, and gives the memory that has it: another one, of rows
 * of `most` marks, where what was in memory is not what is in the file any more.
 */
export function openMemory(
  memory: MarkMemory,
  connection: Connection,
  last: number,
  { keys, most }: { readonly keys: MarkKeys; readonly most: number },
): MarkMemory {
  const { statements } = connection;
  const { position: settled, newest, removals } =
    (statements.settled.get() ?? nothingSettled) as typeof nothingSettled;
  const isSame = memory.connection === connection &&
    memory.removals === removals && memory.settled <= settled &&
    memory.segments.newest() <= newest && memory.last <= last;
  const opened = isSame ? memory : emptyMemory(most, connection, removals);
  if (opened.settled !== settled || opened.segments.newest() !== newest) {
    opened.segments.read(statements, newest);
    opened.settled = opened.last = settled;
    opened.until = 0;
  }
  if (opened.last < last) readBlocks(opened, statements, keys);
  opened.last = last;
  return opened;
}

function readBlocks(
  memory: MarkMemory,
  statements: Connection["statements"],
  keys: MarkKeys,
): void {
  const rows = statements.markedBlocks.all(memory.last) as unknown as readonly (
    & BlockRow
    & { readonly time: number; readonly age: number }
  )[];
  for (const row of rows) {
    const ages = { now: row.time, exposureAge: row.age };
    for (const [key, position] of marksOf(row, statements, keys)) {
      addMark(memory, key, position, ages);
    }
  }
}

// None where the block is damaged.
function marksOf(
  row: BlockRow,
  statements: Connection["statements"],
  keys: MarkKeys,
): readonly (readonly [MarkKey, number])[] {
  return ifIntact(() =>
    readBlock(statements, row).flatMap((event) => {
      const key = keys.of(event, null);
      return key === null ? [] : [[key, event.position] as const];
    }), []);
}
