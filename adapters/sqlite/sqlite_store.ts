import { merge, Observable, Subject, takeUntil } from "rxjs";
import { createIds } from "../support/create_ids.ts";
import { systemClock } from "../support/time/clock.ts";
import { consumerOperations } from "./consumers/consumer_operations.ts";
import { createRetention, type Prune } from "./events/create_retention.ts";
import { eventOperations } from "./events/event_operations.ts";
import { pruneEvents } from "./events/prune_events.ts";
import { removalOperations } from "./events/removal_operations.ts";
import type { Connection } from "./file/connection.ts";
import { createAccess } from "./file/create_access.ts";
import { watchChanges } from "./file/watch_changes.ts";
import { createMarks } from "./marks/create_marks.ts";
import { settleAll } from "./marks/settle_marks.ts";
import { snapshotOperations } from "./snapshots/snapshot_operations.ts";
import {
  checkSqliteOptions,
  type SqliteStore,
  type SqliteStoreOptions,
} from "./sqlite_options.ts";

/**
 * Keeps events in a file, by the SQLite that Deno, Bun and Node bring along. What was appended
 * survives the end of the process, however it ends, and with `powerSafe` that of the machine. Several
 * processes may use one file at once.
 *
 * The file is opened at the first use, so this throws only where the path or an option can't be used: a
 * `TypeError` or a `RangeError`. What can't be done rejects, and can be tried again.
 * {@linkcode storageFailure} tells what is wrong. Where the file is locked, it waits
 * without holding up the program. A file of a later version, or of another program, is left alone.
 *
 * `path` is that of the file, which is created, not so its folder. `:memory:` is a log that goes
 * with the process.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const store = sqliteStore(":memory:");
 * const id = "01890a5d-ac96-774b-bcce-b302099a8057";
 * const [event] = await store.append([
 *   { id, time: 0, type: "custom", version: 1, data: { name: "signup", properties: {} } },
 * ]);
 * assertEquals(event?.position, 1);
 * assertEquals(await store.read(0), [event!]);
 * await store.close();
 * ```
 */
export function sqliteStore(
  path: string,
  options: SqliteStoreOptions = {},
): SqliteStore {
  checkSqliteOptions(path, options);
  const {
    powerSafe = false,
    busyTimeout = 5000,
    retention = {},
    pollInterval = 100,
    rememberedIds = 100_000,
    rememberedExposures = 1_000_000,
    readOnly = false,
    clock = systemClock,
    createId = createIds({ now: clock.now }),
  } = options;
  const access = createAccess({
    path,
    powerSafe,
    readOnly,
    busyTimeout,
    clock,
  });
  const { use } = access;
  const appended = new Subject<void>();
  const closed = new Subject<void>();
  const wake = () => appended.next();
  const marks = createMarks(rememberedExposures);
  const prune: Prune = (connection, through, reason) =>
    pruneEvents(connection, {
      through,
      reason,
      rememberedIds,
      marks,
      clock,
      createId,
    });
  const { releaseAll, ...operations } = consumerOperations({
    access,
    now: clock.now,
    wake,
  });

  const changes = new Observable<void>((subscriber) => {
    // A file that nothing was asked of yet is opened, so that there is something to watch.
    const watch = watchChanges(access.current, pollInterval, clock);
    use("watch", () => {}).catch(() => {});
    return watch.pipe(takeUntil(closed)).subscribe(subscriber);
  });

  const store: SqliteStore = {
    ...eventOperations({
      access,
      marks: rememberedExposures > 0 ? marks : null,
      retain: createRetention(retention, clock, prune),
      clock,
      wake,
    }),
    ...removalOperations({ access, marks, prune, clock }),
    ...operations,
    ...snapshotOperations(access),
    wakeups: merge(appended, changes).pipe(takeUntil(closed)),
    close: async () => {
      await access.close(async (use) => {
        await releaseAll(use);
        // So that a process that starts has nothing to read.
        if (marks.isBehind()) {
          const settle = (connection: Connection) =>
            settleAll(connection, marks, clock.now());
          await use("close", settle).catch(() => {});
        }
      });
      closed.next();
    },
  };
  return store;
}
