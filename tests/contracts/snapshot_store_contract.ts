// Runs on every runtime that a store is for, so it asserts with what all of them have.
import { deepStrictEqual as assertEquals } from "node:assert/strict";
import type { EventStore } from "../../adapters/log/port/event_store.ts";
import type { SnapshotStore } from "../../adapters/sqlite/mod.ts";
import type { EventStoreSetup } from "./event_store/mod.ts";

type Store = EventStore & SnapshotStore;

/** How the suite gets at stores. */
export interface SnapshotStoreSetup extends Pick<EventStoreSetup, "test"> {
  /** Makes an empty store. The suite closes it. */
  readonly open: () => Store;
}

const snapshot = { name: "a", version: 1, position: 5, state: [1] };

const facts: readonly (readonly [string, (store: Store) => Promise<void>])[] = [
  ["knows no snapshot at first", async (store) => {
    assertEquals(await store.loadSnapshot("a", 1), null);
  }],
  ["keeps a snapshot, by name and version", async (store) => {
    await store.saveSnapshot(snapshot);
    assertEquals(await store.loadSnapshot("a", 1), snapshot);
    assertEquals(await store.loadSnapshot("a", 2), null);
    assertEquals(await store.loadSnapshot("__proto__", 1), null);
  }],
  ["keeps a snapshot that is further", async (store) => {
    await store.saveSnapshot(snapshot);
    await store.saveSnapshot({ ...snapshot, position: 4, state: [0] });
    assertEquals(await store.loadSnapshot("a", 1), snapshot);
    const further = { ...snapshot, position: 6, state: { b: 2 } };
    await store.saveSnapshot(further);
    assertEquals(await store.loadSnapshot("a", 1), further);
  }],
  ["keeps a snapshot of another version beside it", async (store) => {
    await store.saveSnapshot(snapshot);
    const other = { ...snapshot, version: 2, position: 4 };
    await store.saveSnapshot(other);
    assertEquals(await store.loadSnapshot("a", 1), snapshot);
    assertEquals(await store.loadSnapshot("a", 2), other);
  }],
  ["throws all snapshots away", async (store) => {
    await store.saveSnapshot(snapshot);
    await store.saveSnapshot({ ...snapshot, name: "b" });
    await store.clearSnapshots();
    assertEquals(await store.loadSnapshot("a", 1), null);
    assertEquals(await store.loadSnapshot("b", 1), null);
  }],
];

/** Registers a test of each thing that a store has to do which keeps what projections came to. */
export function testSnapshotStore(
  name: string,
  { test, open }: SnapshotStoreSetup,
): void {
  for (const [fact, check] of facts) {
    test(`${name} ${fact}`, async () => {
      const store = open();
      try {
        await check(store);
      } finally {
        await store.close();
      }
    });
  }
}
