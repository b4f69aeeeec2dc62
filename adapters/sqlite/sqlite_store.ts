import { merge, Observable, Subject, takeUntil } from "rxjs";
import type { DropReason } from "../../core/events/types/tracking_event.ts";
import type { JsonObject } from "../../core/types/json.ts";
import { checkPosition } from "../log/check_position.ts";
import { checkLane } from "../log/port/check_lane.ts";
import type { StorePositions } from "../log/port/event_store.ts";
import { tellErasures } from "../log/port/tell_erasures.ts";
import { systemClock } from "../support/time/clock.ts";
import { createIds } from "../support/create_ids.ts";
import { consumerOperations } from "./consumers/consumer_operations.ts";
import { createMarks } from "./marks/create_marks.ts";
import { inMarkedTransaction } from "./marks/in_marked_transaction.ts";
import { createExposureForms } from "./blocks/exposure_forms.ts";
import { prepareEvent } from "./blocks/prepare_event.ts";
import { eraseEvents, eraseTraces, type Erasing } from "./events/erase_user.ts";
import { appendEvents } from "./events/append_events.ts";
import type { Connection } from "./file/connection.ts";
import { createAccess } from "./file/create_access.ts";
import { createRetention } from "./events/create_retention.ts";
import { pruneEvents } from "./events/prune_events.ts";
import { readEvents } from "./blocks/read_events.ts";
import { giveBackPages } from "./file/give_back_pages.ts";
import { readNumber } from "./file/read_number.ts";
import { snapshotOperations } from "./snapshots/snapshot_operations.ts";
import {
  checkSqliteOptions,
  type SqliteStore,
  type SqliteStoreOptions,
} from "./sqlite_options.ts";
import { writeText } from "./file/stored_text.ts";
import { watchChanges } from "./file/watch_changes.ts";

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
  const retain = createRetention(retention, clock);
  const isMarking = rememberedExposures > 0;
  const marks = createMarks(isMarking ? rememberedExposures : 0);
  const findForm = createExposureForms();
  const { releaseAll, ...operations } = consumerOperations({
    access,
    now: clock.now,
    wake: () => appended.next(),
  });

  function prune(connection: Connection, through: number, reason: DropReason) {
    return pruneEvents(connection, {
      through,
      reason,
      rememberedIds,
      marks,
      now: clock.now(),
      createEvent: (type, data) => ({
        id: createId(),
        time: clock.now(),
        type,
        version: 1,
        data: data as JsonObject,
      }),
    });
  }

  async function giveBack(): Promise<void> {
    const more = (connection: Connection) => giveBackPages(connection, 0);
    while (await use("prune", more));
    await use("prune", ({ database }) => {
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    });
  }

  // So that a process that starts has nothing to read.
  function settleAll(connection: Connection): void {
    inMarkedTransaction(connection.database, marks, () => {
      const last = readNumber(connection.statements.last.get());
      marks.open(connection, last);
      marks.settleThrough(clock.now(), last);
    });
  }

  const store: SqliteStore = {
    append: async (events, { lane, exposureAge = 0 } = {}) => {
      checkLane(lane);
      const prepared = events.map((event, index) =>
        prepareEvent(event, index, findForm)
      );
      const recorded = await use("append", (connection) => {
        const now = clock.now();
        const recorded = appendEvents(connection, prepared, {
          lane: lane ?? null,
          exposureAge,
          now,
          marks: isMarking ? marks : null,
        });
        retain(connection, recorded, prune);
        return recorded;
      });
      if (recorded.length > 0) appended.next();
      return recorded;
    },
    read: async (after, limit = 1000, lane) => {
      const from = checkPosition("after", after);
      const most = checkPosition("limit", limit);
      return await use(
        "read",
        ({ statements }) => readEvents(statements, from, most, lane),
      );
    },
    wakeups: merge(
      appended,
      new Observable<void>((subscriber) => {
        // A file that nothing was asked of yet is opened, so that there is something to watch.
        const watch = watchChanges(access.current, pollInterval, clock);
        use("watch", () => {}).catch(() => {});
        return watch.pipe(takeUntil(closed)).subscribe(subscriber);
      }),
    ).pipe(takeUntil(closed)),
    positions: () =>
      use("read the positions", (connection) => {
        const positions = readPositions(connection);
        const moves = access.moves(positions.last);
        return moves === 0 ? positions : { ...positions, moves };
      }),
    prune: async (through) => {
      const end = checkPosition("through", through);
      let total = 0;
      for (;;) {
        const { removed, done } = await use(
          "prune",
          (connection) => prune(connection, end, "pruned"),
        );
        total += removed;
        if (done) break;
      }
      // The events are gone, also where the disk can't have their room back yet.
      await giveBack().catch(() => {});
      return total;
    },
    ...tellErasures(async (user) => {
      let total = 0;
      for (let at: Erasing | null = { after: 0, less: 0 }; at !== null;) {
        const from: Erasing = at;
        const { erased, next } = await use(
          "erase",
          (connection) =>
            eraseEvents(connection, user, marks, { ...from, now: clock.now() }),
        );
        total += erased;
        at = next;
      }
      await use(
        "erase",
        (connection) => eraseTraces(connection, user, marks, clock.now()),
      );
      // Free pages may have the remains of what was removed earlier.
      await giveBack();
      return total;
    }),
    ...operations,
    ...snapshotOperations(access),
    payload: (digest) =>
      use("read a payload", ({ statements }) => {
        const row = statements.payload.get(writeText(digest));
        return row === undefined ? null : JSON.parse(
          (row as unknown as { readonly payload: string }).payload,
        );
      }),
    close: async () => {
      await releaseAll();
      if (marks.isBehind()) await use("close", settleAll).catch(() => {});
      await access.close();
      closed.next();
    },
  };
  return store;
}

function readPositions({ statements }: Connection): StorePositions {
  const last = readNumber(statements.last.get());
  const first = readNumber(statements.first.get());
  return { first: first === 0 && last > 0 ? last + 1 : first, last };
}
