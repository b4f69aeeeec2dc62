import { type Clock, monotonicTime } from "../../support/time/clock.ts";
import { type Connection, isInMemory, openConnection } from "./connection.ts";
import { isStorageFault } from "../is_storage_fault.ts";
import { readNumber } from "./read_number.ts";
import { storageFailure } from "../storage_failure.ts";

/** The way to a file: one piece of work after the other. */
export interface Access {
  /**
   * Does something with the file, after what was asked for earlier. What runs is synchronous, so a
   * transaction is never torn. Where another process has locked the file, it waits and tries again.
   */
  readonly use: <Result>(
    task: string,
    work: (connection: Connection) => Result,
  ) => Promise<Result>;
  /** The connection, where one is open. */
  readonly current: () => Connection | null;
  /**
   * Is told of the last position that the file has, and tells how often the file was replaced, or its
   * end was found before where it had been.
   */
  readonly moves: (last: number) => number;
  /** Closes the file once all that was asked for is done, and at last what `finish` does with its `use`. */
  readonly close: (
    finish: (use: Access["use"]) => Promise<void>,
  ) => Promise<void>;
}

/** What {@linkcode createAccess} needs. */
export interface AccessOptions {
  readonly path: string;
  readonly powerSafe: boolean;
  readonly readOnly: boolean;
  readonly busyTimeout: number;
  readonly clock: Clock;
}

/**
 * Creates the way to a file, which is opened at the first use, and again after a failure that only a
 * new connection can heal.
 */
export function createAccess(options: AccessOptions): Access {
  const { path, powerSafe, readOnly, busyTimeout, clock } = options;
  const isVolatile = isInMemory(path);
  const time = monotonicTime(clock);
  let moves = 0;
  let end = 0;
  let connection: Connection | null = null;
  let closing: Promise<void> | null = null;
  let waiting = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const use: Access["use"] = (task, work) => {
    if (closing !== null) {
      return Promise.reject(
        new Error(`Cannot ${task}: the current state of the store is closed`),
      );
    }
    waiting++;
    const previous = queue;
    const result = (async () => {
      // Nothing to wait for is the common case, and a turn of the microtask queue costs something.
      if (waiting > 1) await previous;
      try {
        return await insist(task, work);
      } finally {
        waiting--;
      }
    })();
    queue = result.catch(() => {});
    return result;
  };

  async function insist<Result>(
    task: string,
    work: (connection: Connection) => Result,
  ): Promise<Result> {
    const deadline = time() + busyTimeout;
    for (let delay = 1;; delay = Math.min(delay * 2, 50)) {
      try {
        connection ??= open();
        const result = work(connection);
        // Only now it is known to be in a file that others find.
        connection.guard.check();
        return result;
      } catch (error) {
        const { code, message } = storageFailure(error);
        if (code !== "locked" || time() >= deadline) {
          if (isStale(error)) release(code === "missing");
          throw error instanceof TypeError && code === "failed"
            ? error
            : new Error(`Cannot ${task}: ${message}`, { cause: error });
        }
        await new Promise<void>((resolve) => clock.setTimer(resolve, delay));
      }
    }
  }

  function open(): Connection {
    const opened = openConnection({ path, powerSafe, readOnly, time });
    movesBy(readNumber(opened.statements.last.get()));
    return opened;
  }

  function movesBy(last: number): number {
    if (last < end) moves++;
    end = last;
    return moves;
  }

  // What was asked for wrongly is no fault of the connection, and a log in memory goes with it.
  function isStale(error: unknown): boolean {
    const { code } = storageFailure(error);
    return !isVolatile && code !== "locked" && code !== "full" &&
      isStorageFault(error);
  }

  function release(isGone = false): void {
    const { database, guard, statements } = connection ?? {};
    connection = null;
    if (isGone) {
      attempt(() => end = Math.max(end, readNumber(statements?.last.get())));
      // A file that was moved away takes along what was appended to it.
      attempt(() => database?.exec("PRAGMA wal_checkpoint"));
      if (guard?.isReplaced()) {
        moves++;
        end = 0;
      }
    }
    attempt(() => database?.close());
  }

  return {
    use,
    current: () => connection,
    moves: movesBy,
    // Nothing comes in between any more: what a claim took, nobody would give back.
    close: (finish) =>
      closing ??= queue.then(() => finish(insist)).finally(release),
  };
}

// A connection is given up; what is wrong with it is told by what failed before.
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    return;
  }
}
