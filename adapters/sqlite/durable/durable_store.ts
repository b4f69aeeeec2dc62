import { merge } from "rxjs";
import { appendToClosed } from "./append_to_closed.ts";
import { checkEvents } from "../../log/check_events.ts";
import { checkPosition } from "../../log/check_position.ts";
import { checkStore } from "../../log/port/check_store.ts";
import { checkLane } from "../../log/port/check_lane.ts";
import type { EventStore, StorePositions } from "../../log/port/event_store.ts";
import { tellErasures } from "../../log/port/tell_erasures.ts";
import { noteConsumers } from "./note_consumers.ts";
import { memoryStore } from "../../log/memory_store.ts";
import { systemClock } from "../../support/time/clock.ts";
import { checkOptions } from "../../support/check_options.ts";
import { createIds } from "../../support/create_ids.ts";
import { createDurableAccess } from "./create_durable_access.ts";
import { durableConsumers } from "./durable_consumers.ts";
import { durableSnapshots } from "./durable_snapshots.ts";
import { warnOfStorage } from "./warn_of_storage.ts";
import type {
  DurableStore,
  DurableStoreOptions,
  SnapshotStore,
} from "./durable_options.ts";

/**
 * Keeps events in a store, `disk`, as long as it takes them, and in memory otherwise: where it can't
 * be opened, is full, can only be read, is locked for too long, damaged or of a later version. A
 * `storage.degraded` event is then the first of those that are held. It tries again after a second,
 * two, four, up to every 30 seconds, and moves to the disk what was held.
 *
 * The status, a warning and that event tell that the disk failed: appends succeed, within the bounds of
 * the memory. What that gives up is counted by an `events.dropped` event. Throws a `TypeError` for an
 * option that can't be used.
 *
 * Positions that are given meanwhile continue those of the disk, and stay what they are when no
 * other process wrote to it. Otherwise the events get new ones, and consumers are told so, and claim
 * anew what they had: what they settled stays settled, what was in their hands comes again, with the
 * same ids, and none is missed.
 *
 * @example
 * ```ts
 * import { firstValueFrom } from "rxjs";
 * import { sqliteStore } from "@growthstream/sdk/sqlite";
 * import { assertEquals } from "@std/assert";
 *
 * const warnings: string[] = [];
 * const store = durableStore(sqliteStore("/no/such/folder/log.db"), {
 *   onWarning: ({ code }) => warnings.push(code),
 * });
 * await store.append([
 *   {
 *     id: "01890a5d-ac96-774b-bcce-b302099a8057",
 *     time: 0,
 *     type: "custom",
 *     version: 1,
 *     data: { name: "signup", properties: {} },
 *   },
 * ]);
 * const types = (await store.read(0)).map(({ type }) => type);
 * assertEquals(types, ["storage.degraded", "custom"]);
 * assertEquals((await firstValueFrom(store.status$)).state, "degraded");
 * await store.close();
 * assertEquals(warnings, ["open", "lost"]);
 * ```
 */
export function durableStore(
  disk: EventStore & Partial<SnapshotStore>,
  options: DurableStoreOptions = {},
): DurableStore {
  const task = "keep events in spite of a disk that fails";
  checkStore(disk, task, ["append", "claim"]);
  checkOptions(task, options, {
    openMemory: "function",
    onWarning: "function",
    clock: "clock",
    createId: "function",
  });
  const {
    openMemory = memoryStore,
    clock = systemClock,
    createId = createIds({ now: clock.now }),
  } = options;
  const noted = noteConsumers(disk);
  const access = createDurableAccess(noted, { openMemory, clock, createId });
  const { inTurn, ask, see, wakeups } = access;
  warnOfStorage(access.status$, options.onWarning);
  const withMoves = (positions: StorePositions): StorePositions => {
    const moves = access.moves() + (positions.moves ?? 0);
    return moves === 0 ? positions : { ...positions, moves };
  };
  const store: DurableStore = {
    append: async (events, options = {}) => {
      checkLane(options.lane);
      // At the door: what the disk will never take must not be held for it.
      const given = checkEvents(events).map(({ event }) => event);
      return await inTurn(() =>
        ask(async () => {
          const closed = access.closed();
          const recorded = await appendToClosed(disk, given, options, closed);
          for (const { position } of recorded) see(position);
          return recorded;
        }, async (held) => {
          const recorded = await held.append(given, options);
          if (recorded.length > 0) wakeups.next();
          return recorded;
        })
      );
    },
    read: async (after, limit = 1000, lane) => {
      const from = checkPosition("after", after);
      const most = checkPosition("limit", limit);
      return await ask(
        async () => {
          const events = await disk.read(from, most, lane);
          see(events.at(-1)?.position ?? 0);
          return events;
        },
        (held) => held.read(from, most, lane),
      );
    },
    wakeups: merge(disk.wakeups, wakeups),
    ...durableConsumers(noted, access),
    ...tellErasures(async (user) => {
      const { refuge } = access;
      return await inTurn(async () =>
        await (refuge()?.erase(user) ?? disk.erase(user))
      );
    }),
    positions: () =>
      ask(async () => {
        const positions = await disk.positions();
        see(positions.last);
        return withMoves(positions);
      }, async (held) => withMoves(await held.positions())),
    prune: async (through) => {
      const end = checkPosition("through", through);
      return await inTurn(() =>
        ask(() => disk.prune(end), (held) => held.prune(end))
      );
    },
    ...durableSnapshots(disk, access),
    close: access.close,
    status$: access.status$,
  };
  return store;
}
