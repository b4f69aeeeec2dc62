import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import {
  type Connection,
  openConnection,
} from "../../sqlite/file/connection.ts";
import { readCheckpoints } from "../../sqlite/events/read_checkpoints.ts";
import { readEvents } from "../../sqlite/events/read_events.ts";
import { readNumber } from "../../sqlite/file/read_number.ts";
import { storageFailure } from "../../sqlite/storage_failure.ts";

/** A log that is read, and never written. */
export interface OpenedLog {
  /** The events after a position, oldest first, read as they are asked for. */
  readonly events: (after?: number) => Iterable<RecordedEvent>;
  /** The checkpoints of its consumers. */
  readonly checkpoints: () => ReadonlyMap<string, number>;
  /** The position of the newest event that ever was there. */
  readonly last: () => number;
  /** Lets go of the file. */
  readonly close: () => void;
}

/** Opens the log in a file; gives a line that says why where that can't be done. */
export function openLog(path: string): OpenedLog | string {
  let connection: Connection;
  try {
    connection = openConnection({ path, readOnly: true });
  } catch (error) {
    return `Cannot read the log: ${storageFailure(error).message}`;
  }
  const { statements, database } = connection;
  return {
    events: function* (after = 0) {
      for (let position = after;;) {
        const events = readEvents(statements, position, 1000);
        if (events.length === 0) return;
        yield* events;
        position = events.at(-1)!.position;
      }
    },
    checkpoints: () => readCheckpoints(connection),
    last: () => readNumber(statements.last.get()),
    close: () => database.close(),
  };
}
