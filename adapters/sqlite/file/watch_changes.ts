import { Observable } from "rxjs";
import type { Clock } from "../../support/clock.ts";
import type { Connection } from "./connection.ts";
import { readNumber } from "./read_number.ts";

/**
 * Says when there are new events in a file that others may write to. As long as somebody listens, it
 * asks SQLite every `interval` milliseconds whether another connection changed the file, which reads
 * one page of shared memory, and only then what the last position is.
 */
export function watchChanges(
  current: () => Connection | null,
  interval: number,
  clock: Clock,
): Observable<void> {
  return new Observable((subscriber) => {
    let seen: readonly [version: number, last: number] | null = null;
    const look = () => {
      const changed = readChange(current(), seen);
      const grew = seen !== null && changed !== null && changed[1] > seen[1];
      seen = changed ?? seen;
      cancel = clock.setTimer(look, interval);
      if (grew) subscriber.next();
    };
    let cancel = clock.setTimer(look, interval);
    seen = readChange(current(), null);
    return () => cancel();
  });
}

// Null where nothing can be said: the next look may say it.
function readChange(
  connection: Connection | null,
  seen: readonly [version: number, last: number] | null,
): readonly [version: number, last: number] | null {
  if (connection === null) return null;
  const { dataVersion, last } = connection.statements;
  try {
    const version = readNumber(dataVersion.get());
    if (version === seen?.[0]) return seen;
    return [version, readNumber(last.get())];
  } catch {
    return null;
  }
}
