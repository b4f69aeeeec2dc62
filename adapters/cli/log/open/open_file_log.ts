import { statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import { listCheckpoints } from "../../../sqlite/consumers/consumer_table.ts";
import { listParked } from "../../../sqlite/consumers/parked_table.ts";
import { readEvents } from "../../../sqlite/blocks/read_events.ts";
import {
  type Connection,
  openConnection,
} from "../../../sqlite/file/connection.ts";
import { readNumber } from "../../../sqlite/file/read_number.ts";
import { writeText } from "../../../sqlite/file/stored_text.ts";
import { storageFailure } from "../../../sqlite/storage_failure.ts";
import { describeName } from "../../text/describe_value.ts";
import type { OpenedLog } from "./opened_log.ts";

/**
 * Opens the log in a file, to read it; gives a line that says why where that can't be done. Reading
 * takes no permission to write, but SQLite may leave two empty files beside a log that has no
 * writer at the moment. Where it can't, because the folder may not be written to, the log is read as a
 * file that does not change.
 */
export function openFileLog(path: string): OpenedLog | string {
  const fault = checkFile(path);
  if (fault !== null) return `Cannot read the log: ${fault}`;
  let connection: Connection;
  try {
    connection = openReadable(path);
  } catch (error) {
    return `Cannot read the log: ${storageFailure(error).message}`;
  }
  const { statements, database } = connection;
  function* read(after: number, lane?: string): Iterable<RecordedEvent> {
    for (let position = after;;) {
      const events = readEvents(statements, position, 1000, lane);
      if (events.length === 0) return;
      yield* events;
      position = events.at(-1)!.position;
    }
  }
  return {
    events: (after = 0) => read(after),
    laneEvents: (lane, after) => read(after, lane),
    consumers: () => listCheckpoints(connection),
    parked: (name) => listParked(connection, writeText(name), Date.now()),
    last: () => readNumber(statements.last.get()),
    close: () => database.close(),
  };
}

/** Tells why a path can't be that of a log; null where it can. SQLite would only say that it can't. */
export function checkFile(path: string): string | null {
  try {
    return statSync(path).isFile() ? null : `${describeName(path)} is no file`;
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    return code === "ENOENT" || code === "ENOTDIR"
      ? `there is no file ${describeName(path)}`
      : null;
  }
}

function openReadable(path: string): Connection {
  try {
    return openConnection({ path, readOnly: true });
  } catch (error) {
    if (hasJournal(path)) throw error;
    try {
      const unchanging = `${pathToFileURL(path)}?immutable=1`;
      return openConnection({ path: unchanging, readOnly: true });
    } catch {
      throw error;
    }
  }
}

function hasJournal(path: string): boolean {
  try {
    return statSync(`${path}-wal`).size > 0;
  } catch {
    return false;
  }
}
