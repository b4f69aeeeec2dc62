import { DatabaseSync } from "node:sqlite";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { featureUsage } from "../../../../core/events/projections/feature_usage.ts";
import type { NewEvent } from "../../../../core/events/types/recorded_event.ts";
import {
  type LogStickyBuckets,
  logStickyBuckets,
} from "../../../../adapters/sticky/log_sticky_buckets.ts";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import type { EventStore } from "../../../../adapters/log/port/event_store.ts";
import {
  durableStore,
  type DurableStoreOptions,
  foldLog,
  type SqliteStore,
  sqliteStore,
  type StorageStatus,
} from "../../../../adapters/sqlite/mod.ts";
import { testSnapshotStore } from "../../../contracts/snapshot_store_contract.ts";
import { customEvent } from "../../../support/events/custom_event.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { mountDisk } from "../mount_disk.ts";
import { passTime } from "../../../support/pass_time.ts";
import {
  positionOf,
  settleTo,
} from "../../../support/events/consumer_state.ts";

testSnapshotStore("durableStore() of a disk that works", {
  test: Deno.test,
  open: () => durableStore(sqliteStore(":memory:")),
});

const snapshot = { name: "a", version: 1, position: 1, state: [1] };

Deno.test("durableStore() has no snapshots while the disk fails, and those of the disk again then", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  await store.append([customEvent("a")]);
  await store.saveSnapshot(snapshot);
  disk.fail("database or disk is full");
  await store.append([customEvent("b")]);
  assertEquals(await store.loadSnapshot("a", 1), null);
  await store.saveSnapshot({ ...snapshot, name: "b" });
  disk.heal();
  await passTime(time, 1000);
  assertEquals(await store.loadSnapshot("a", 1), snapshot);
  assertEquals(await store.loadSnapshot("b", 1), null);
  await store.saveSnapshot({ ...snapshot, name: "b" });
  assertEquals((await store.loadSnapshot("b", 1))?.position, 1);
  await store.close();
});

Deno.test("durableStore() is none the worse for a snapshot that the disk does not take or give", async () => {
  const { store, disk, statuses } = open();
  disk.fail("string or blob too big");
  await store.saveSnapshot(snapshot);
  assertEquals(await store.loadSnapshot("a", 1), null);
  assertEquals(statuses.map(({ state }) => state), ["ok"]);
  disk.heal();
  assertEquals(await ids(store), []);
  await store.close();
});

Deno.test("durableStore() saves no snapshots once events got other positions", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  await store.append([customEvent("a")]);
  disk.fail("database is locked");
  await store.append([customEvent("b")]);
  await disk.store.append([customEvent("of another process")]);
  disk.heal();
  await passTime(time, 1000);
  await store.saveSnapshot(snapshot);
  assertEquals(await store.loadSnapshot("a", 1), null);
  await store.close();
});

Deno.test("durableStore() of a store without snapshots has none", async () => {
  const store = durableStore(memoryStore());
  await store.saveSnapshot(snapshot);
  assertEquals(await store.loadSnapshot("a", 1), null);
  await store.clearSnapshots();
  await store.close();
});

Deno.test("foldLog() takes a durable store, and goes on from the snapshots of its disk", async () => {
  const disk = sqliteStore(":memory:");
  const store = durableStore(disk);
  await store.append([customEvent("a"), customEvent("b")]);
  await foldLog(store, { featureUsage }, { saveAfter: 1 });
  const { name, version } = featureUsage;
  assertEquals((await disk.loadSnapshot(name, version))?.position, 2);
  assertEquals((await foldLog(store, { featureUsage })).count, 2);
  await store.close();
});

Deno.test("durableStore() goes on in memory where the disk fails, and says so", async () => {
  const { store, disk, statuses } = open();
  await store.append([customEvent("a")]);
  disk.fail("database or disk is full");
  const [held] = await store.append([customEvent("b")]);
  assertEquals(held!.position, 3);
  assertEquals(await ids(store), ["a", "storage.degraded", "b"]);
  assertEquals(statuses.map(({ state }) => state), ["ok", "degraded"]);
  const [, degraded] = await store.read(0);
  assertEquals(degraded!.data, { code: "full", message: "the disk is full" });
  await store.close();
});

Deno.test("durableStore() moves what it held to the disk once that works again", async () => {
  using time = new FakeTime();
  const { store, disk, statuses } = open();
  await store.append([customEvent("a")]);
  disk.fail("attempt to write a readonly database");
  await store.append([customEvent("b")]);
  await store.append([customEvent("c")]);
  const before = await store.read(0);
  disk.heal();
  await passTime(time, 1000);
  assertEquals(statuses.map(({ state }) => state), ["ok", "degraded", "ok"]);
  assertEquals(await disk.store.read(0), before);
  assertEquals((await store.append([customEvent("d")]))[0]!.position, 5);
  await store.close();
});

Deno.test("durableStore() tries again after one, two, four seconds", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  disk.fail("database is locked");
  await store.append([customEvent("a")]);
  disk.attempts = 0;
  await passTime(time, 999);
  assertEquals(disk.attempts, 0);
  await passTime(time, 1);
  assertEquals(disk.attempts, 1);
  await passTime(time, 1999);
  assertEquals(disk.attempts, 1);
  await passTime(time, 1);
  assertEquals(disk.attempts, 2);
  await passTime(time, 4000);
  assertEquals(disk.attempts, 3);
  await store.close();
});

Deno.test("durableStore() lets consumers go on while the disk fails, and keeps where they are", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  await store.append([customEvent("a"), customEvent("b")]);
  assert(await settleTo(store, "reader", 2));
  disk.fail("database or disk is full");
  await store.append([customEvent("c")]);
  assertEquals(await positionOf(store, "reader"), 2);
  assert(await settleTo(store, "reader", 4));
  disk.heal();
  await passTime(time, 1000);
  assertEquals(await positionOf(disk.store, "reader"), 4);
  await store.close();
});

Deno.test("durableStore() neither repeats what was settled nor hides what another process wrote", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  await store.append([customEvent("a")]);
  await settleTo(store, "reader", 1);
  disk.fail("database is locked");
  await store.append([customEvent("b")]);
  await settleTo(store, "reader", 3);
  await disk.store.append([customEvent("other")]);
  disk.heal();
  await passTime(time, 1000);
  const [reader] = await store.consumers();
  assertEquals(reader!.checkpoint, { position: 4, unsettled: [2] });
  assertEquals(await ids(store), ["a", "other", "storage.degraded", "b"]);
  await store.close();
});

Deno.test("durableStore() does not skip what could not be read while the disk failed", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  await store.append([customEvent("a"), customEvent("b")]);
  await settleTo(store, "reader", 1);
  disk.fail("disk I/O error", true);
  await store.append([customEvent("c")]);
  const events = await store.read(1);
  assertEquals(events.map(({ position }) => position), [3, 4]);
  await settleTo(store, "reader", 4);
  disk.heal();
  await passTime(time, 1000);
  const [reader] = await store.consumers();
  assertEquals(reader!.checkpoint, { position: 4, unsettled: [2] });
  await store.close();
});

Deno.test("durableStore() leaves word of what the memory gave up", async () => {
  using time = new FakeTime();
  const openMemory = () => memoryStore({ capacity: 10 });
  const { store, disk } = open({ openMemory });
  disk.fail("database or disk is full");
  for (let index = 0; index < 30; index++) {
    await store.append([customEvent(`${index}`)]);
  }
  disk.heal();
  await passTime(time, 1000);
  const events = await disk.store.read(0);
  let dropped = 0;
  for (const { type, data } of events) {
    if (type !== "events.dropped") continue;
    assertEquals(data.consumer, null);
    dropped += Number(data.count);
  }
  const kept = events.filter(({ type }) => type !== "events.dropped").length;
  assertEquals(dropped + kept, 31);
  await store.close();
});

Deno.test("durableStore() tells what is lost when it is closed before the disk works", async () => {
  const { store, disk, statuses } = open();
  disk.fail("database or disk is full");
  await store.append([customEvent("a")]);
  await store.close();
  await store.close();
  assertEquals(statuses.at(-1), { state: "closed", lost: 2 });
  await assertRejects(() => store.append([]), Error);
});

Deno.test("durableStore() moves what it held when it is closed and the disk works", async () => {
  const file = `${temporaryFolder()}/log.db`;
  const { store, disk, statuses } = open({}, file);
  disk.fail("database or disk is full");
  await store.append([customEvent("a")]);
  disk.heal();
  await store.close();
  assertEquals(statuses.at(-1), { state: "closed", lost: 0 });
  const reopened = sqliteStore(file);
  assertEquals(await ids(reopened), ["storage.degraded", "a"]);
  await reopened.close();
});

Deno.test("durableStore() rejects what is no JSON, and blames no disk", async () => {
  const { store, statuses } = open();
  await assertRejects(
    () => store.append([customEvent("a", Infinity)]),
    TypeError,
  );
  assertEquals(statuses.length, 1);
  await store.close();
});

Deno.test("durableStore() is none the worse for what it is asked wrongly, also while the disk fails", async () => {
  using time = new FakeTime();
  const { store, disk, statuses } = open();
  const askWrongly = async () => {
    const wrong = { ...customEvent("wrong"), version: 1.5 };
    await assertRejects(() => store.append([wrong]), TypeError);
    await assertRejects(() => store.read(NaN), RangeError);
    await assertRejects(() => settleTo(store, "reader", NaN), RangeError);
    await assertRejects(() => store.prune(-1), RangeError);
    await store.read(0, Infinity);
  };
  await askWrongly();
  assertEquals(statuses.map(({ state }) => state), ["ok"]);
  disk.fail("database or disk is full");
  await store.append([customEvent("a")]);
  await askWrongly();
  disk.heal();
  await passTime(time, 1000);
  assertEquals(statuses.map(({ state }) => state), ["ok", "degraded", "ok"]);
  assertEquals(await ids(disk.store), ["storage.degraded", "a"]);
  await store.close();
});

Deno.test("durableStore() leaves out what the disk refuses for what it is, with word of it in its place", async () => {
  using time = new FakeTime();
  const { store, disk, statuses } = open();
  disk.fail("database or disk is full");
  for (let index = 0; index < 1200; index++) {
    await store.append([customEvent(`${index}`)]);
  }
  disk.refused.add("0").add("700").add("701").add("1199");
  disk.heal();
  await passTime(time, 1000);
  assertEquals(statuses.map(({ state }) => state), ["ok", "degraded", "ok"]);
  const events = await disk.store.read(0, Infinity);
  assertEquals(events.length, 1201);
  for (const index of [0, 700, 701, 1199]) {
    const { type, data, position } = events[index + 1]!;
    assertEquals([type, position], ["events.dropped", index + 2]);
    assertEquals(data, {
      reason: "invalid",
      count: 1,
      types: { custom: 1 },
      consumer: null,
    });
  }
  assertEquals(events.filter(({ type }) => type === "custom").length, 1196);
  await store.close();
});

Deno.test("durableStore() leaves word of an event once, however often it tries", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  disk.fail("database or disk is full");
  await store.append([customEvent("a"), customEvent("b"), customEvent("c")]);
  disk.heal();
  disk.refused.add("b");
  // The disk is locked again after each try, once it has word of the event.
  const locked = disk.store.wakeups.subscribe(() => disk.fail("is locked"));
  for (const delay of [1000, 2000, 4000, 8000]) {
    disk.heal();
    await passTime(time, delay);
  }
  locked.unsubscribe();
  disk.heal();
  await passTime(time, 30_000);
  assertEquals(await ids(disk.store), [
    "storage.degraded",
    "a",
    "events.dropped",
    "c",
  ]);
  await store.close();
});

Deno.test("durableStore() gives up nothing to a disk that refuses everything, for whatever reason", async () => {
  using time = new FakeTime();
  const { store, disk, statuses } = open();
  disk.fail("the cable is cut");
  await store.append([customEvent("a"), customEvent("b")]);
  await passTime(time, 10_000);
  disk.heal();
  await passTime(time, 30_000);
  assertEquals(statuses.map(({ state }) => state), ["ok", "degraded", "ok"]);
  assertEquals(await ids(disk.store), ["storage.degraded", "a", "b"]);
  await store.close();
});

Deno.test("durableStore() moves all but what the disk refuses when it is closed", async () => {
  const file = `${temporaryFolder()}/log.db`;
  const { store, disk, statuses } = open({}, file);
  disk.fail("database or disk is full");
  await store.append([customEvent("a"), customEvent("b"), customEvent("c")]);
  disk.refused.add("a");
  disk.heal();
  await store.close();
  assertEquals(statuses.at(-1), { state: "closed", lost: 0 });
  const reopened = sqliteStore(file);
  assertEquals(await ids(reopened), [
    "storage.degraded",
    "events.dropped",
    "b",
    "c",
  ]);
  await reopened.close();
});

Deno.test("durableStore() goes on in memory though no id can be made for word of it", async () => {
  using time = new FakeTime();
  const { store, disk, statuses } = open({ createId: () => "" });
  disk.fail("database or disk is full");
  await store.append([customEvent("a")]);
  assertEquals(statuses.map(({ state }) => state), ["ok", "degraded"]);
  disk.heal();
  await passTime(time, 1000);
  assertEquals(await ids(disk.store), ["a"]);
  await store.close();
});

Deno.test("durableStore() saves no snapshots once it left out an event that it had given", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  disk.fail("database or disk is full");
  await store.append([customEvent("a")]);
  disk.refused.add("a");
  disk.heal();
  await passTime(time, 1000);
  await store.saveSnapshot(snapshot);
  assertEquals(await store.loadSnapshot("a", 1), null);
  await store.close();
});

Deno.test("durableStore() tells up to where positions are certain while the disk fails", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  await store.append([customEvent("a"), customEvent("b")]);
  assertEquals(await store.positions(), { first: 1, last: 2 });
  disk.fail("database is locked");
  await store.append([customEvent("c")]);
  assertEquals(await store.positions(), { first: 1, last: 4, certain: 2 });
  disk.heal();
  await passTime(time, 1000);
  assertEquals(await store.positions(), { first: 1, last: 4 });
  await store.close();
});

Deno.test("durableStore() takes no position for certain once it could not read the disk", async () => {
  const { store, disk } = open();
  await store.append([customEvent("a")]);
  disk.fail("disk I/O error", true);
  await store.append([customEvent("b")]);
  await store.read(0);
  assertEquals((await store.positions()).certain, 0);
  await store.close();
});

Deno.test("durableStore() counts how often events got other positions", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  for (const round of [1, 2]) {
    disk.fail("database is locked");
    await store.append([customEvent(`held ${round}`)]);
    await disk.store.append([customEvent(`of another process ${round}`)]);
    disk.heal();
    await passTime(time, 1000);
    assertEquals((await store.positions()).moves, round);
  }
  disk.fail("database is locked");
  await store.append([customEvent("held again")]);
  assertEquals((await store.positions()).moves, 2);
  disk.heal();
  await passTime(time, 1000);
  assertEquals((await store.positions()).moves, 2);
  await store.close();
});

Deno.test("fromLog() misses nothing that another process wrote while the disk failed", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  const buckets = logStickyBuckets(store);
  await store.append([assigned("a")]);
  assertEquals(await known(buckets), ["a"]);
  disk.fail("database is locked");
  await store.append([assigned("b"), assigned("c")]);
  assertEquals(await known(buckets), ["a", "b", "c"]);
  await disk.store.append([assigned("d"), assigned("e")]);
  const early = await buckets.snapshot();
  disk.heal();
  await passTime(time, 1000);
  assertEquals(await known(buckets), ["a", "b", "c", "d", "e"]);
  // Whoever goes on from a snapshot of that time misses nothing either.
  assertEquals(early.position, 1);
  assertEquals(
    await known(logStickyBuckets(store, { snapshot: early })),
    ["a", "b", "c", "d", "e"],
  );
  await store.close();
});

Deno.test("fromLog() finds what could not be read while the disk failed", async () => {
  using time = new FakeTime();
  const { store, disk } = open();
  await store.append([assigned("a"), assigned("b")]);
  disk.fail("disk I/O error", true);
  await store.append([assigned("c")]);
  const buckets = logStickyBuckets(store);
  assertEquals(await known(buckets), ["c"]);
  assertEquals((await buckets.snapshot()).position, 0);
  disk.heal();
  await passTime(time, 1000);
  assertEquals(await known(buckets), ["a", "b", "c"]);
  await store.close();
});

const broken: readonly (
  readonly [what: string, code: string, make: () => string]
)[] = [
  ["has no folder", "open", () => `${temporaryFolder()}/none/log.db`],
  ["is no database", "corrupt", () => {
    const file = `${temporaryFolder()}/log.db`;
    Deno.writeTextFileSync(file, "no database ".repeat(500));
    return file;
  }],
  ["is another program's", "corrupt", () => {
    const file = `${temporaryFolder()}/log.db`;
    runSql(file, "CREATE TABLE customers (name TEXT); PRAGMA user_version = 7");
    return file;
  }],
  ["is of a later version", "newer", () => {
    const file = `${temporaryFolder()}/log.db`;
    runSql(
      file,
      "CREATE TABLE events (id TEXT); PRAGMA application_id = 1735552887; PRAGMA user_version = 99",
    );
    return file;
  }],
];

for (const [what, code, make] of broken) {
  Deno.test(`durableStore() degrades where the file ${what}, and leaves it alone`, async () => {
    const file = make();
    const before = read(file);
    const store = durableStore(sqliteStore(file));
    await store.append([customEvent("a")]);
    const [degraded, event] = await store.read(0);
    assertEquals(degraded!.data.code, code);
    assertEquals(event!.id, "a");
    await store.close();
    assertEquals(read(file), before);
  });
}

Deno.test("durableStore() degrades where another process locks the file, and moves to it afterwards", async () => {
  using time = new FakeTime();
  const file = `${temporaryFolder()}/log.db`;
  const disk = sqliteStore(file, { busyTimeout: 100 });
  const store = durableStore(disk);
  await store.append([customEvent("a")]);
  const other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  const appended = store.append([customEvent("b")]);
  await passTime(time, 200);
  assertEquals((await appended)[0]!.position, 3);
  const [, degraded] = await store.read(0);
  assertEquals(degraded!.data.code, "locked");
  other.exec("COMMIT");
  other.close();
  await passTime(time, 1000);
  assertEquals((await disk.read(0)).map(({ id }) => id).at(-1), "b");
  await store.close();
});

const small = mountDisk(4096);

Deno.test({
  name:
    "durableStore() survives a disk that is full, and moves to it when there is room",
  ignore: small === null,
  async fn() {
    using time = new FakeTime();
    try {
      const ballast = `${small!.path}/ballast`;
      Deno.writeFileSync(ballast, new Uint8Array(3_700_000));
      const disk = sqliteStore(`${small!.path}/log.db`);
      const store = durableStore(disk);
      const made: string[] = [];
      while (made.length < 2000) {
        const batch = Array.from(
          { length: 50 },
          (_, index) =>
            customEvent(`${made.length + index}-${"x".repeat(100)}`),
        );
        made.push(...(await store.append(batch)).map(({ id }) => id));
      }
      assert((await disk.positions()).last < 2000);
      Deno.removeSync(ballast);
      await passTime(time, 1000);
      assertEquals((await disk.read(0, 3000)).length, 2001);
      await store.close();
    } finally {
      small!.unmount();
    }
  },
});

/** A disk that fails when it is told to, as SQLite says it. */
function open(options: DurableStoreOptions = {}, file = ":memory:") {
  const real = sqliteStore(file);
  let failure: string | null = null;
  let blind = false;
  const disk = {
    store: real,
    attempts: 0,
    /** The ids of events that it refuses, though it works. */
    refused: new Set<string>(),
    fail(message: string, reads = false) {
      failure = message;
      blind = reads;
    },
    heal() {
      failure = null;
      blind = false;
    },
  };
  const writing = <Result>(work: () => Promise<Result>) => {
    disk.attempts++;
    return failure === null ? work() : Promise.reject(new Error(failure));
  };
  const reading = <Result>(work: () => Promise<Result>) =>
    blind ? Promise.reject(new Error("disk I/O error")) : work();
  const failing: SqliteStore = {
    ...real,
    saveSnapshot: (snapshot) => writing(() => real.saveSnapshot(snapshot)),
    loadSnapshot: (...args) => reading(() => real.loadSnapshot(...args)),
    append: (events, options) =>
      writing(() =>
        events.some(({ id }) => disk.refused.has(id))
          ? Promise.reject(new Error("string or blob too big"))
          : real.append(events, options)
      ),
    claim: (...args) => writing(() => real.claim(...args)),
    commit: (...args: Parameters<SqliteStore["commit"]>) =>
      writing(() => (real as SqliteStore).commit(...args)),
    release: (...args) => writing(() => real.release(...args)),
    park: (...args) => writing(() => real.park(...args)),
    unpark: (...args) => writing(() => real.unpark(...args)),
    redeliver: (...args) => writing(() => real.redeliver(...args)),
    erase: (user) => writing(() => real.erase(user)),
    prune: (through) => writing(() => real.prune(through)),
    read: (...args) => reading(() => real.read(...args)),
    consumers: () => reading(() => real.consumers()),
    parked: (name) => reading(() => real.parked(name)),
    positions: () => reading(() => real.positions()),
  };
  const store = durableStore(failing, options);
  const statuses: StorageStatus[] = [];
  store.status$.subscribe((status) => statuses.push(status));
  return { store, disk, statuses };
}

/** Makes the event that a user got a bucket. */
function assigned(user: string): NewEvent {
  return {
    id: `assigned ${user}`,
    time: 0,
    type: "sticky-bucket.assigned",
    version: 1,
    data: {
      attributeName: "id",
      attributeValue: user,
      assignments: { button__0: "blue" },
    },
  };
}

/** Of which users some buckets are known. */
async function known(buckets: LogStickyBuckets): Promise<readonly string[]> {
  const documents = await buckets.load(
    ["a", "b", "c", "d", "e"].map((attributeValue) => ({
      attributeName: "id",
      attributeValue,
    })),
  );
  return Object.values(documents).map(({ attributeValue }) => attributeValue)
    .toSorted();
}

async function ids(store: EventStore): Promise<readonly string[]> {
  return (await store.read(0)).map(({ type, id }) =>
    type === "custom" ? id : type
  );
}

function read(file: string): Uint8Array | null {
  try {
    return Deno.readFileSync(file);
  } catch {
    return null;
  }
}

function runSql(file: string, text: string): void {
  const database = new DatabaseSync(file);
  database.exec(text);
  database.close();
}
