import { type ErasedUser, isAbout } from "../../log/port/is_about.ts";
import { userKey } from "../../log/port/exposure_key.ts";
import { valueText } from "../../log/port/value_text.ts";
import { eraseParked } from "../consumers/parked_table.ts";
import type { Connection } from "../file/connection.ts";
import { inTransaction } from "../file/in_transaction.ts";
import type { MarkKeys } from "./create_mark_keys.ts";
import { readEvents } from "./read_events.ts";

/** How many events are looked at in one transaction, so that no other writer waits for long. */
const chunk = 2000;

/**
 * Erases the events about a user after a position, a chunk of the log at a time. Gives how many there
 * were, and where the next chunk begins; null at the end of the log.
 */
export function eraseEvents(
  { database, statements }: Connection,
  user: ErasedUser,
  after: number,
): { readonly erased: number; readonly next: number | null } {
  return overwriting(database, () => {
    const events = readEvents(statements, after, chunk);
    const found = events.filter((event) => isAbout(event, user));
    for (const { position } of found) {
      statements.eraseEvent.run(position);
      statements.unmark.run(position);
    }
    return { erased: found.length, next: events.at(-1)?.position ?? null };
  });
}

/** Erases what else is kept of a user: marks, parked events, and snapshots that may hold the user. */
export function eraseTraces(
  connection: Connection,
  user: ErasedUser,
  keys: MarkKeys,
): void {
  const { database, statements } = connection;
  overwriting(database, () => {
    const { attribute, value } = user;
    statements.unmarkUser.run(keys.ofUser(userKey(attribute, value)));
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
  work: () => Result,
): Result {
  database.exec("PRAGMA secure_delete = ON");
  try {
    return inTransaction(database, work);
  } finally {
    database.exec("PRAGMA secure_delete = FAST");
  }
}
