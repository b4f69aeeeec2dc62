import type { Clock } from "../../support/time/clock.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import { createLogTime } from "./log_time.ts";

/** Knows since when the events of a log have been there, whatever time they bear. */
export interface EventAges {
  /** Is told of the last position after each append. */
  readonly note: (position: number) => void;
  /** Gives the last position to remove because it is too old; 0 where none is. */
  readonly end: (connection: Connection) => number;
}

interface Age {
  readonly position: number;
  readonly time: number;
}

/**
 * Creates what tells which events are too old. It writes down now and then up to which position the log
 * went; so the age of an event is that of its place in the log, known to a hundredth of `maxAge`. Events
 * of before it was first asked count from then on.
 */
export function createEventAges(maxAge: number, clock: Clock): EventAges {
  const logTime = createLogTime(clock, Math.min(600_000, maxAge / 10));
  const step = maxAge / 100;
  let noted: Age | null = null;
  let wasCertain = true;

  function writeDown(
    { statements }: Connection,
    now: number,
    noted: Age | null,
  ): void {
    const newest = readAge(statements.newestAge.get());
    if (newest !== null && now - newest.time < step) return;
    // What was appended since the last look has been there since the last append.
    if (newest !== null && noted !== null && noted.position > newest.position) {
      const time = Math.max(noted.time, newest.time);
      statements.saveAge.run(noted.position, time);
    }
    statements.saveAge.run(readNumber(statements.last.get()), now);
  }

  return {
    note: (position) => {
      const time = logTime.estimate();
      noted = time === null ? null : { position, time };
    },
    end: (connection) => {
      const { statements } = connection;
      const { time: now, isCertain } = logTime.measure(connection);
      // What was noted by a time that was not certain is younger than it looks.
      if (isCertain) writeDown(connection, now, wasCertain ? noted : null);
      wasCertain = isCertain;
      const oldest = readAge(statements.oldestAge.get());
      return oldest !== null && oldest.time < now - maxAge
        ? readNumber(statements.positionAt.get(now - 0.9 * maxAge))
        : 0;
    },
  };
}

function readAge(row: unknown): Age | null {
  return (row as Age | undefined) ?? null;
}
