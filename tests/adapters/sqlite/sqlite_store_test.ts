import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import fc from "fast-check";
import { DatabaseSync } from "node:sqlite";
import { foldLog, sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { exposureCounts, featureUsage } from "../../../core/events/mod.ts";
import { payloadDigest } from "../../../mod.ts";
import { customEvent } from "../../support/events/custom_event.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { passTime } from "../../support/pass_time.ts";
import { settleTo } from "../../support/events/consumer_state.ts";

Deno.test("sqliteStore() lets two write to one file at once, and hears of it", async () => {
  using time = new FakeTime();
  const path = `${temporaryFolder()}/log.db`;
  const one = sqliteStore(path);
  const other = sqliteStore(path);
  await other.append([customEvent("first")]);
  let woken = 0;
  const subscription = other.wakeups.subscribe(() => woken++);
  await other.positions();
  await passTime(time, 200);
  assertEquals(woken, 0);
  await Promise.all(
    Array.from(
      { length: 20 },
      (_, index) =>
        (index % 2 === 0 ? one : other).append([customEvent(`${index}`)]),
    ),
  );
  await one.append([customEvent("last")]);
  woken = 0;
  await passTime(time, 200);
  assertEquals(woken, 1);
  const events = await other.read(0);
  assertEquals(events.map(({ position }) => position), [
    ...Array.from({ length: 22 }, (_, index) => index + 1),
  ]);
  subscription.unsubscribe();
  await one.close();
  await other.close();
});

Deno.test("sqliteStore() is not woken by checkpoints", async () => {
  using time = new FakeTime();
  const path = `${temporaryFolder()}/log.db`;
  const one = sqliteStore(path);
  const other = sqliteStore(path);
  await one.append([customEvent("a")]);
  let woken = 0;
  const subscription = other.wakeups.subscribe(() => woken++);
  await other.positions();
  await passTime(time, 200);
  woken = 0;
  await settleTo(one, "reader", 1);
  await passTime(time, 200);
  assertEquals(woken, 0);
  subscription.unsubscribe();
  await one.close();
  await other.close();
});

Deno.test("sqliteStore() waits for a lock without holding up the program, and keeps the order", async () => {
  using time = new FakeTime();
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path, { busyTimeout: 1000 });
  await store.append([customEvent("a")]);
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  const appended = Promise.all([
    store.append([customEvent("b")]),
    store.append([customEvent("c")]),
  ]);
  await passTime(time, 500);
  other.exec("COMMIT");
  other.close();
  await passTime(time, 100);
  const [[b], [c]] = await appended;
  assertEquals([b!.position, c!.position], [2, 3]);
  await store.close();
});

Deno.test("sqliteStore() gives up on a lock after the busy timeout", async () => {
  using time = new FakeTime();
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path, { busyTimeout: 1000 });
  await store.append([customEvent("a")]);
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  const failed = assertRejects(
    () => store.append([customEvent("b")]),
    Error,
    "Cannot append: another process has locked the file",
  );
  await passTime(time, 1100);
  await failed;
  other.exec("COMMIT");
  other.close();
  assertEquals((await store.append([customEvent("b")]))[0]!.position, 2);
  await store.close();
});

Deno.test("sqliteStore() keeps at most as many events as it is told, and says what went", async () => {
  const store = sqliteStore(":memory:", { retention: { capacity: 100 } });
  await settleTo(store, "reader", 0);
  for (let index = 0; index < 300; index++) {
    await store.append([customEvent(`${index}`)]);
  }
  const events = await store.read(0);
  assert(events.length <= 111);
  let dropped = 0;
  for (const { type, data } of events) {
    if (type !== "events.dropped") continue;
    assertEquals([data.reason, data.consumer], ["overflow", "reader"]);
    dropped += Number(data.count);
  }
  const kept = events.filter(({ type }) => type === "custom").length;
  assertEquals(dropped + kept, 300);
  await store.close();
});

Deno.test("sqliteStore() lets events go that are too old, or too many bytes", async () => {
  let now = 0;
  const clock = { now: () => now, setTimer: () => () => {} };
  const old = sqliteStore(":memory:", { clock, retention: { maxAge: 1000 } });
  await old.append([customEvent("a", 0)]);
  now = 2000;
  await old.append([customEvent("b", 2000)]);
  assertEquals((await old.read(0)).map(({ id }) => id), ["b"]);
  await old.close();
  const large = sqliteStore(":memory:", {
    retention: { maxBytes: 1_000_000 },
  });
  for (let batch = 0; batch < 10; batch++) {
    await large.append(
      Array.from(
        { length: 1000 },
        (_, index) => customEvent(`${batch}-${index}-${"x".repeat(100)}`),
      ),
    );
  }
  assert((await large.read(0, 10_000)).length < 5000);
  await large.close();
});

Deno.test("sqliteStore() writes a payload once for its digest", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const payload = { features: { big: { defaultValue: "x".repeat(50_000) } } };
  const digest = payloadDigest(payload);
  const events = Array.from({ length: 20 }, (_, index) => ({
    id: `${index}`,
    time: 0,
    type: "payload.loaded",
    version: 1,
    data: { digest, dateUpdated: null, changed: [], issues: [], payload },
  }));
  await store.append(events);
  const read = await store.read(0);
  assertEquals(read.map(({ data }) => data), events.map(({ data }) => data));
  assertEquals(await store.payload(digest), payload);
  assertEquals(await store.payload("other"), null);
  await store.close();
  assert(Deno.statSync(path).size < 200_000);
});

Deno.test("sqliteStore() keeps apart payloads that claim one digest", async () => {
  const store = sqliteStore(":memory:");
  const loaded = (id: string, defaultValue: number) => ({
    id,
    time: 0,
    type: "payload.loaded",
    version: 1,
    data: { digest: "#", payload: { features: { a: { defaultValue } } } },
  });
  const events = [loaded("a", 1), loaded("b", 2), loaded("c", 1)];
  await store.append(events);
  const read = await store.read(0);
  assertEquals(read.map(({ data }) => data), events.map(({ data }) => data));
  await store.close();
});

Deno.test("sqliteStore() gives back any text as it was", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string({ unit: "binary", minLength: 1 }), {
        minLength: 1,
      }),
      fc.string({
        unit: fc.constantFrom("\0", '"', "\ud800", "#", "a"),
        minLength: 1,
      }),
      async (ids, type) => {
        const store = sqliteStore(":memory:");
        const events = ids.map((id) => ({ ...customEvent(id), type }));
        const recorded = await store.append(events);
        assertEquals(await store.read(0), recorded);
        assertEquals(await store.append(events), recorded);
        await store.close();
      },
    ),
    runs(50),
  );
});

Deno.test("foldLog() goes on from a snapshot, and does without one", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const used = (id: number) => ({
    id: `${id}`,
    time: 0,
    type: "feature.evaluated",
    version: 1,
    data: { featureKey: "a", value: 1, source: "force", ruleId: "", count: 1 },
  });
  const projections = { featureUsage, exposureCounts };
  const store = sqliteStore(path);
  await store.append(Array.from({ length: 5000 }, (_, index) => used(index)));
  const first = await foldLog(store, projections, { saveAfter: 1 });
  await store.append([used(5000)]);
  let read = 0;
  const counting = {
    ...store,
    read: async (after: number, limit?: number) => {
      const events = await store.read(after, limit);
      read += events.length;
      return events;
    },
  };
  const second = await foldLog(counting, projections);
  assertEquals([first.count, second.count, read], [5000, 5001, 1]);
  await store.clearSnapshots();
  assertEquals(await foldLog(store, projections), second);
  new DatabaseSync(path).exec("UPDATE snapshots SET state = '[oops'");
  assertEquals(await foldLog(store, projections), second);
  await store.close();
});

Deno.test("sqliteStore() with readOnly makes no file and writes none", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const reader = sqliteStore(path, { readOnly: true });
  await assertRejects(() => reader.read(0), Error, "can't be opened");
  const store = sqliteStore(path);
  await store.append([customEvent("a")]);
  assertEquals((await reader.read(0)).length, 1);
  await assertRejects(
    () => reader.append([customEvent("b")]),
    Error,
    "can only be read",
  );
  await reader.close();
  await store.close();
});

Deno.test("sqliteStore() in memory keeps its log where it can't do what it is asked", async () => {
  const store = sqliteStore(":memory:");
  await store.append([customEvent("a"), customEvent("b")]);
  await assertRejects(() =>
    store.saveSnapshot({ name: "a", version: 1.5, position: 1, state: null })
  );
  assertEquals(await store.positions(), { first: 1, last: 2 });
  assertEquals((await store.append([customEvent("c")]))[0]!.position, 3);
  await store.close();
});

Deno.test("sqliteStore() keeps a payload that the data itself hides from JSON out of the file", async () => {
  const store = sqliteStore(":memory:");
  const data = {
    digest: "d",
    payload: { count: 1n },
    toJSON: () => ({ n: 1 }),
  };
  await store.append([
    { ...customEvent("a"), type: "payload.loaded", data: data as never },
  ]);
  assertEquals((await store.read(0))[0]!.data, { n: 1 });
  await store.close();
});
