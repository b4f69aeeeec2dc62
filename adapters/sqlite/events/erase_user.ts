import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import {
  erasedEvent,
  type ErasedUser,
  isAbout,
} from "../../log/port/is_about.ts";
import { valueText } from "../../log/port/value_text.ts";
import { byteLength } from "../../support/byte_length.ts";
import {
  type BlockBody,
  type BlockRow,
  bodyWith,
  readBlock,
} from "../blocks/block.ts";
import { ifIntact } from "../blocks/if_intact.ts";
import { eraseParked } from "../consumers/parked_table.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import type { Marks } from "../marks/create_marks.ts";
import { inMarkedTransaction } from "../marks/in_marked_transaction.ts";
import { settleMarks } from "../marks/settle_marks.ts";

/** How many events are looked at in one transaction, so that no other writer waits for long. */
const chunk = 2000;

/** How far an erasure has come. */
export interface Erasing {
  /** After which position the next chunk begins. */
  readonly after: number;
  /** How many bytes less the blocks take that come before it, which those after it count as well. */
  readonly less: number;
}

/**
 * Erases the events about a user after a position, a chunk of the log at a time, and what is left of a block
 * that is damaged. Gives how many there were, and how far it has come; null at the end of the log.
 */
export function eraseEvents(
  connection: Connection,
  user: ErasedUser,
  marks: Marks,
  { after, less: before, now }: Erasing & { readonly now: number },
): { readonly erased: number; readonly next: Erasing | null } {
  const { database, statements } = connection;
  return overwriting(database, marks, () => {
    // What is in blocks alone would stay there.
    settleMarks(connection, marks, now);
    const from = Math.max(after, readNumber(statements.first.get()) - 1);
    const rows = statements.read.all(
      from,
      from + chunk,
      chunk,
    ) as unknown as readonly BlockRow[];
    let erased = 0;
    let less = before;
    for (const row of rows) {
      const events = ifIntact(() => readBlock(statements, row), null);
      const found = events?.filter((event) => isAbout(event, user)) ?? [];
      marks.removeEvents(found);
      if (events === null) less += blank(statements, row);
      else if (found.length > 0) less += overwrite(statements, row, found);
      if (less !== 0) statements.countLess.run(less, row.last);
      erased += found.length;
    }
    const { last } = rows.at(-1) ?? {};
    if (last === undefined) return { erased, next: null };
    // What is appended now counts from here on.
    if (last === readNumber(statements.last.get())) less = 0;
    return { erased, next: { after: last, less } };
  });
}

// Gives how many bytes less the block takes.
function overwrite(
  statements: Connection["statements"],
  { last, first, body }: BlockRow,
  found: readonly RecordedEvent[],
): number {
  const { forms, events } = JSON.parse(body) as BlockBody;
  const left = [...events];
  for (const event of found) {
    const { position, ...rest } = erasedEvent(event);
    left[position - first] = rest;
  }
  const written = bodyWith({ forms }, left);
  statements.writeBody.run(written, last);
  return byteLength(body) - byteLength(written);
}

// Nobody can tell whose events were in a block that is damaged. It stays so, and its loss is told as before.
function blank(
  statements: Connection["statements"],
  { last, body }: BlockRow,
): number {
  statements.writeBody.run("", last);
  return byteLength(body);
}

/** Erases what else is kept of a user: marks, parked events, and snapshots that may hold the user. */
export function eraseTraces(
  connection: Connection,
  user: ErasedUser,
  marks: Marks,
  now: number,
): void {
  const { database, statements } = connection;
  overwriting(database, marks, () => {
    settleMarks(connection, marks, now);
    const { attribute, value } = user;
    marks.removeUser(marks.keys.ofUser(attribute, value));
    eraseParked(connection, user);
    const text = valueText(user.value);
    // In the JSON of a snapshot such a text may stand in more than one way.
    const isPlain = /^[\w.@:/ -]+$/.test(text);
    if (isPlain) statements.eraseSnapshots.run(text);
    else statements.clearSnapshots.run();
  });
}

// SQLite overwrites what is removed, also where that costs a write of its own.
function overwriting<Result>(
  database: Connection["database"],
  marks: Marks,
  work: () => Result,
): Result {
  database.exec("PRAGMA secure_delete = ON");
  try {
    return inMarkedTransaction(database, marks, work);
  } finally {
    database.exec("PRAGMA secure_delete = FAST");
  }
}
