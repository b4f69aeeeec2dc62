import { type Clock, monotonicTime } from "../../support/time/clock.ts";
import type { Connection } from "../file/connection.ts";

/** Tells how old a log is, in milliseconds since it was first asked. */
export interface LogTime {
  /**
   * Measures it, and writes that down in the log. It is not certain while a time of day that is far
   * ahead waits for its confirmation.
   */
  readonly measure: (
    connection: Connection,
  ) => { readonly time: number; readonly isCertain: boolean };
  /** Tells it without a look at the log; null where that can't be told. */
  readonly estimate: () => number | null;
}

interface Row {
  readonly time: number;
  readonly wall: number;
  readonly claimed: number;
  readonly claimedAt: number;
}

/** The longest time away that a clock is believed at once, in milliseconds. */
const believable = 3_600_000;

/**
 * Creates what measures the age of a log, over restarts and by several processes. Within a process it
 * goes by the monotonic clock. Between two processes, and where there is no such clock, it goes by the
 * time of day: one that went back counts as no time, and one that is over an hour ahead of what was
 * last seen is believed only when it is still there `confirmation` milliseconds later. So a single
 * append by a clock that is wrong makes no event older.
 */
export function createLogTime(clock: Clock, confirmation: number): LogTime {
  const passed = monotonicTime(clock);
  let known: { connection: Connection; time: number; at: number } | null = null;
  const measure: LogTime["measure"] = (connection) => {
    const { statements } = connection;
    const wall = clock.now();
    const at = passed();
    const row = statements.logTime.get() as unknown as Row | undefined ??
      { time: 0, wall, claimed: 0, claimedAt: wall };
    const away = Math.max(0, wall - row.wall);
    let { time, claimed, claimedAt } = row;
    if (wall < row.wall) claimed = 0;
    if (clock.monotonic !== undefined && known?.connection === connection) {
      time = Math.max(time, known.time + at - known.at);
    } else if (away <= believable) time += away;
    else {
      claimed += away;
      claimedAt = wall;
    }
    if (claimed > 0 && wall - claimedAt >= confirmation) {
      time += claimed;
      claimed = 0;
    }
    statements.saveLogTime.run(time, wall, claimed, claimedAt);
    known = { connection, time, at };
    return { time, isCertain: claimed === 0 };
  };
  return {
    measure,
    estimate: () =>
      clock.monotonic === undefined || known === null
        ? null
        : known.time + passed() - known.at,
  };
}
