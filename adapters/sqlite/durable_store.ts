import { merge } from "rxjs";
import type { EventStore } from "../log/event_store.ts";
import { memoryStore } from "../log/memory_store.ts";
import { systemClock } from "../support/clock.ts";
import { createIds } from "../support/create_ids.ts";
import { createDurableAccess } from "./create_durable_access.ts";
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
 * Nobody is ever told that the disk failed but by the status and that event: appends succeed, within
 * the bounds of the memory. What that gives up is counted by an `events.dropped` event.
 *
 * Positions that are given meanwhile continue those of the disk, and stay what they are when nobody
 * else wrote to it. Otherwise the events get new ones, and consumers go on from where the disk knows
 * them to be: they may get events again, with the same ids, and miss none.
 *
 * @example
 * ```ts
 * import { firstValueFrom } from "rxjs";
 * import { sqliteStore } from "@growthstream/sdk/sqlite";
 * import { assertEquals } from "@std/assert";
 *
 * const store = durableStore(sqliteStore("/no/such/folder/log.db"));
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
 * ```
 */
export function durableStore(
  disk: EventStore & Partial<SnapshotStore>,
  {
    openMemory = memoryStore,
    clock = systemClock,
    createId = createIds({ now: clock.now }),
  }: DurableStoreOptions = {},
): DurableStore {
  const access = createDurableAccess(disk, { openMemory, clock, createId });
  const { inTurn, ask, attempt, see, wakeups, checkpoints } = access;
  return {
    append: (events) =>
      inTurn(() =>
        ask(async () => {
          const recorded = await disk.append(events);
          for (const { position } of recorded) see(position);
          return recorded;
        }, async (held) => {
          const recorded = await held.append(events);
          if (recorded.length > 0) wakeups.next();
          return recorded;
        })
      ),
    read: (after, limit = 1000) =>
      ask(
        async () => {
          const events = await disk.read(after, limit);
          see(events.at(-1)?.position ?? 0);
          return events;
        },
        (held) => held.read(after, limit),
      ),
    wakeups: merge(disk.wakeups, wakeups),
    checkpoint: (consumer) =>
      ask(async () => {
        const position = await disk.checkpoint(consumer);
        checkpoints.set(consumer, position);
        return position;
      }, (held) => held.checkpoint(consumer)),
    commit: (consumer, expected, next) =>
      inTurn(() =>
        ask(async () => {
          const moved = await disk.commit(consumer, expected, next);
          if (moved) checkpoints.set(consumer, next);
          else checkpoints.delete(consumer);
          return moved;
        }, (held) => held.commit(consumer, expected, next))
      ),
    checkpoints: () =>
      ask(() => disk.checkpoints(), (held) => held.checkpoints()),
    positions: () =>
      ask(async () => {
        const positions = await disk.positions();
        see(positions.last);
        return positions;
      }, (held) => held.positions()),
    prune: (through) =>
      inTurn(() =>
        ask(() => disk.prune(through), (held) => held.prune(through))
      ),
    saveSnapshot: (snapshot) =>
      inTurn(() =>
        attempt(async () => {
          if (access.keepsSnapshots()) await disk.saveSnapshot?.(snapshot);
        }, undefined)
      ),
    loadSnapshot: (name, version) =>
      attempt(
        async () => await disk.loadSnapshot?.(name, version) ?? null,
        null,
      ),
    clearSnapshots: () =>
      inTurn(() =>
        ask(
          async () => await disk.clearSnapshots?.(),
          async () => await disk.clearSnapshots?.(),
        )
      ),
    close: access.close,
    status$: access.status$,
  };
}
