import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DatabaseSync } from "node:sqlite";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import type { NewEvent } from "../../../core/events/mod.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

/** A minute passes each time somebody looks, so that the bounds are looked at with each append. */
function fastClock() {
  let now = 0;
  return { now: () => now += 60_000, setTimer: () => () => {} };
}

function event(id: number, length: number = 0): NewEvent {
  return {
    id: `${id}`,
    time: 0,
    type: "custom",
    version: 1,
    data: { name: "a", properties: { text: "x".repeat(length) } },
  };
}

function events(first: number, count: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => event(first + index));
}

/** What one of them takes beside its text, at least and at most. */
const least = 40;
const most = 300;

Deno.test("sqliteStore() removes no event for the bytes of a snapshot", async () => {
  const store = sqliteStore(":memory:", {
    clock: fastClock(),
    retention: { maxBytes: 200_000 },
  });
  const state = "y".repeat(1_000_000);
  await store.saveSnapshot({ name: "a", version: 1, position: 0, state });
  for (let first = 1; first < 500; first += 50) {
    await store.append(events(first, 50));
  }
  assertEquals(await store.positions(), { first: 1, last: 500 });
  await store.close();
});

Deno.test("sqliteStore() removes no event for the bytes of payloads that are written once", async () => {
  const store = sqliteStore(":memory:", {
    clock: fastClock(),
    retention: { maxBytes: 200_000 },
  });
  const defaultValue = "y".repeat(50_000);
  await store.append(Array.from({ length: 20 }, (_, index) => ({
    id: `payload-${index}`,
    time: 0,
    type: "payload.loaded",
    version: 1,
    data: {
      digest: `${index}`,
      payload: { features: { [index]: { defaultValue } } },
    },
  })));
  await store.append(events(1, 100));
  assertEquals(await store.positions(), { first: 1, last: 120 });
  await store.close();
});

Deno.test("sqliteStore() removes no event for the bytes of ids that it remembers", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  await before.append(events(1, 20_000));
  await before.prune(19_900);
  await before.close();
  const store = sqliteStore(path, {
    clock: fastClock(),
    retention: { maxBytes: 100_000 },
  });
  for (let id = 20_001; id <= 20_100; id++) await store.append([event(id)]);
  assertEquals(await store.positions(), { first: 19_901, last: 20_100 });
  await store.close();
});

Deno.test("sqliteStore() keeps the newest event, however many bytes it takes", async () => {
  const store = sqliteStore(":memory:", {
    clock: fastClock(),
    retention: { maxBytes: 1000 },
  });
  await store.append([event(1)]);
  await store.append([event(2, 5000)]);
  assertEquals(await store.positions(), { first: 2, last: 2 });
  await store.append([event(3)]);
  assertEquals(await store.positions(), { first: 3, last: 3 });
  await store.close();
});

Deno.test("sqliteStore() counts bytes and not characters", async () => {
  const store = sqliteStore(":memory:", {
    clock: fastClock(),
    retention: { maxBytes: 100_000 },
  });
  // Three bytes each, and all of them in one block.
  const text = "\u20ac".repeat(400);
  await store.append(Array.from({ length: 100 }, (_, index) => ({
    ...event(index),
    data: { name: "a", properties: { text } },
  })));
  const { first, last } = await store.positions();
  const count = last - first + 1;
  assert(count * (1200 + least) <= 90_000);
  assert((count + 1) * (1200 + most) > 90_000);
  await store.close();
});

Deno.test("sqliteStore() counts no bytes of what was erased", async () => {
  const store = sqliteStore(":memory:", {
    clock: fastClock(),
    retention: { maxBytes: 1_000_000 },
  });
  const user = { level: "all", attributes: { id: "7" } } as const;
  const half = (first: number) =>
    Array.from({ length: 2400 }, (_, index) => ({
      ...event(first + index, 100),
      ...(index % 2 === 0 ? { user } : {}),
      ...(index % 2 === 0 ? { data: event(0, 400).data } : {}),
    }));
  await store.append(half(0));
  assertEquals(await store.erase({ attribute: "id", value: "7" }), 1200);
  await store.append(half(2400).slice(0, 800));
  assertEquals(await store.positions(), { first: 1, last: 3200 });
  await store.close();
});

Deno.test("sqliteStore() counts the bytes of what comes after what was erased", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const user = { level: "all", attributes: { id: "7" } } as const;
  await store.append(events(1, 3000).map((each) => ({ ...each, user })));
  await store.append(events(3001, 3000));
  await store.erase({ attribute: "id", value: "7" });
  await store.append(events(6001, 3000));
  const database = new DatabaseSync(path);
  const rows = database.prepare(
    "SELECT bytes, octet_length(body) + 140 AS own FROM blocks ORDER BY last",
  ).all();
  database.close();
  let total = Number(rows[0]?.bytes) - Number(rows[0]?.own);
  for (const { bytes, own } of rows) {
    total += Number(own);
    assertEquals(bytes, total);
  }
  await store.close();
});

Deno.test("sqliteStore() counts the bytes of what a log held before", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  await before.append(events(1, 50_000));
  await before.close();
  const roomy = sqliteStore(path, { retention: { maxBytes: 50_000 * most } });
  for (let id = 50_001; id <= 50_005; id++) await roomy.append([event(id)]);
  assertEquals((await roomy.positions()).first, 1);
  await roomy.close();
  const tight = sqliteStore(path, { retention: { maxBytes: 3_000_000 } });
  for (let id = 50_006; id <= 50_025; id++) await tight.append([event(id)]);
  const { first, last } = await tight.positions();
  assert((last - first) * least < 3_000_000 && first > 10_000);
  await tight.close();
});

Deno.test("sqliteStore() bounds the bytes of what another process appended at once", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const clock = fastClock();
  const store = sqliteStore(path, {
    clock,
    retention: { maxBytes: 3_000_000 },
  });
  const other = sqliteStore(path);
  await store.append([event(0)]);
  await other.append(events(1, 50_000));
  for (let id = 50_001; id <= 50_020; id++) await store.append([event(id)]);
  const { first, last } = await store.positions();
  const count = last - first + 1;
  assert(count * least <= 3_000_000 && count * most > 2_700_000);
  await other.close();
  await store.close();
});

const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        lengths: fc.array(
          fc.oneof(fc.nat(100), fc.nat(4000)),
          { minLength: 1, maxLength: 40 },
        ),
        byOther: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ prune: fc.nat(10) }) },
  ),
  { maxLength: 20 },
);

const maxBytes = 20_000;

// What an event takes is known within bounds only, so these facts have some room.
Deno.test("sqliteStore() keeps the bytes of its events within their bound, and removes no more than that takes", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const path = `${temporaryFolder()}/log.db`;
      const clock = fastClock();
      const store = sqliteStore(path, { clock, retention: { maxBytes } });
      const other = sqliteStore(path);
      const all: number[] = [];
      for (const step of steps) {
        if ("prune" in step) {
          await other.prune(Math.max(0, all.length - step.prune));
          continue;
        }
        const added = step.lengths.map((length, index) =>
          event(all.length + index, length)
        );
        await (step.byOther ? other : store).append(added);
        all.push(...step.lengths);
        if (step.byOther) continue;
        const before = all.length;
        const { first } = await store.positions();
        await store.append([event(all.length)]);
        all.push(0);
        const after = await store.positions();
        const kept = all.slice(after.first - 1);
        const room = kept.reduce((total, length) => total + length + least, 0);
        assert(room <= maxBytes || kept.length === 1);
        if (after.first === first) continue;
        assert(after.first <= before + 1);
        const largest = all.slice(after.first - 2)
          .reduce((total, length) => total + length + most, 0);
        assert(largest > 0.9 * maxBytes);
      }
      await other.close();
      await store.close();
    }),
    runs(60),
  );
});
