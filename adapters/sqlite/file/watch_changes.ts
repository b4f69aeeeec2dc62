import { Observable } from "rxjs";
import type { Clock } from "../../support/time/clock.ts";
import type { Connection } from "./connection.ts";
import { readNumber } from "./read_number.ts";

/** What was last known of a file. */
interface Look {
  readonly connection: Connection;
  readonly version: number;
  readonly last: number;
  /** How many parked events are due. */
  readonly due: number;
}

/**
 * Emits when there are new events in a file that others may write to, and when the file is gone, so
 * that its readers notice. While it has a subscriber, it asks SQLite every `interval` milliseconds
 * whether another connection changed the file, which reads one page of shared memory, and only then
 * what the last position is.
 */
export function watchChanges(
  current: () => Connection | null,
  interval: number,
  clock: Clock,
): Observable<void> {
  return new Observable((subscriber) => {
    let seen: Look | null = null;
    const look = () => {
      const found = readLook(current(), seen);
      const isNew = found === "gone" || isNewer(found, seen);
      if (found !== "gone") seen = found ?? seen;
      cancel = clock.setTimer(look, interval);
      if (isNew) subscriber.next();
    };
    let cancel = clock.setTimer(look, interval);
    const first = readLook(current(), null);
    if (first !== "gone") seen = first;
    return () => cancel();
  });
}

function isNewer(found: Look | null, seen: Look | null): boolean {
  if (found === null || seen === null) return false;
  return found.connection !== seen.connection || found.last > seen.last ||
    found.due > seen.due;
}

// Null where nothing can be said: the next look may say it.
function readLook(
  connection: Connection | null,
  seen: Look | null,
): Look | "gone" | null {
  if (connection === null) return null;
  const { statements: { dataVersion, last, dueCount }, guard } = connection;
  try {
    guard.check();
  } catch {
    return "gone";
  }
  try {
    const version = readNumber(dataVersion.get());
    return seen?.connection === connection && seen.version === version
      ? seen
      : {
        connection,
        version,
        last: readNumber(last.get()),
        due: readNumber(dueCount.get()),
      };
  } catch {
    return null;
  }
}
