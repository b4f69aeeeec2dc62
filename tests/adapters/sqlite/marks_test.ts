import { assert, assertEquals, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { createMarkColumns } from "../../../adapters/sqlite/marks/mark_columns.ts";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import type { NewEvent } from "../../../core/events/mod.ts";
import {
  exposure,
  smallEvent,
} from "../../contracts/event_store/small_event.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const once = { exposureAge: 1000 };

function countMarks(path: string): number {
  const database = new DatabaseSync(path);
  const rows = database.prepare("SELECT body FROM marks").all();
  database.close();
  const columns = createMarkColumns();
  for (const { body } of rows) columns.read(body as Uint8Array);
  return columns.length();
}

function change(path: string, query: string, ...values: string[]): void {
  const database = new DatabaseSync(path);
  database.prepare(query).run(...values);
  database.close();
}

function users(start: number, count: number) {
  return Array.from(
    { length: count },
    (_, index) => exposure(start + index, { hashValue: `${start + index}` }),
  );
}

// The same exposure, recorded once more.
function reidentify(event: NewEvent, index: number): NewEvent {
  return { ...event, id: smallEvent(900 + index).id };
}

function clockAt(now: () => number) {
  return { now, setTimer: () => () => {} };
}

Deno.test("sqliteStore() forgets marks that are over", async () => {
  const path = `${temporaryFolder()}/log.db`;
  let now = 0;
  const clock = clockAt(() => now);
  const store = sqliteStore(path, { clock, rememberedExposures: 5000 });
  await store.append(users(0, 1000), once);
  now = 2000;
  for (let start = 1000; start < 2000; start += 100) {
    await store.append(users(start, 100), once);
  }
  await store.close();
  assertEquals(countMarks(path), 1000);
});

Deno.test("sqliteStore() remembers a bounded number of exposures, the newest", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path, { rememberedExposures: 1000 });
  for (let start = 0; start < 5000; start += 500) {
    await store.append(users(start, 500), once);
    assert(countMarks(path) <= 1000);
  }
  const [old, newest] = await store.append(
    [exposure(9998, { hashValue: "1" }), exposure(9999, { hashValue: "4999" })],
    once,
  );
  assertEquals([old?.isRepeated, newest?.isRepeated], [undefined, true]);
  await store.close();
});

Deno.test("sqliteStore() remembers a single exposure, the newest", async () => {
  const store = sqliteStore(":memory:", { rememberedExposures: 1 });
  for (const [first, hashValue] of [[1, "1"], [3, "2"]] as const) {
    await store.append([exposure(first, { hashValue })], once);
    const [again] = await store.append(
      [exposure(first + 1, { hashValue })],
      once,
    );
    assertEquals(again?.isRepeated, true);
  }
  const [old] = await store.append([exposure(5, { hashValue: "1" })], once);
  assertEquals(old?.isRepeated, undefined);
  await store.close();
});

Deno.test("sqliteStore() keeps no marks where no exposure is remembered", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path, { rememberedExposures: 0 });
  await store.append([exposure(1)], once);
  const [again] = await store.append([exposure(2)], once);
  assertEquals([again?.position, again?.isRepeated], [2, undefined]);
  await store.close();
  assertEquals(countMarks(path), 0);
});

Deno.test("sqliteStore() removes all marks once no exposure is remembered", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  await before.append([exposure(1)], once);
  await before.close();
  assertEquals(countMarks(path), 1);
  const store = sqliteStore(path, { rememberedExposures: 0 });
  await store.append([exposure(2)], once);
  await store.prune(1);
  await store.close();
  assertEquals(countMarks(path), 0);
});

Deno.test("sqliteStore() stores an exposure anew once another process erased its user", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const other = sqliteStore(path);
  await store.append([exposure(1)], once);
  await other.erase({ attribute: "id", value: "other" });
  // That reads the mark from the table.
  const [repeated] = await store.append([exposure(2)], once);
  assertEquals(repeated?.isRepeated, true);
  assertEquals(await other.erase({ attribute: "id", value: "7" }), 1);
  const [stored] = await store.append([exposure(3)], once);
  assertEquals([stored?.position, stored?.isRepeated], [2, undefined]);
  await other.close();
  await store.close();
});

Deno.test("sqliteStore() stores an exposure anew once another process pruned it unread", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const other = sqliteStore(path);
  const key = { name: "a" };
  await store.append([exposure(1)], once);
  await store.claim(key, "owner");
  await other.erase({ attribute: "id", value: "other" });
  const [repeated] = await store.append([exposure(2)], once);
  assertEquals(repeated?.isRepeated, true);
  assertEquals(await other.prune(1), 1);
  const [stored] = await store.append([exposure(3)], once);
  assertEquals(stored?.isRepeated, undefined);
  await other.close();
  await store.close();
});

Deno.test("sqliteStore() keeps few rows of marks, however often few are marked", async () => {
  const path = `${temporaryFolder()}/log.db`;
  for (let start = 0; start < 40; start++) {
    const store = sqliteStore(path);
    await store.append(users(start, 1), once);
    await store.close();
  }
  assertEquals(countMarks(path), 40);
  const database = new DatabaseSync(path);
  const row = database.prepare("SELECT count(*) AS count FROM marks").get();
  database.close();
  assert(Number(row?.count) < 7);
});

Deno.test("sqliteStore() reads what other processes put in the place of marks that it knows", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const mark = async (start: number) => {
    const other = sqliteStore(path);
    await other.append(users(start, 1), once);
    await other.close();
  };
  for (const start of [0, 1]) await mark(start);
  await store.append(users(2, 1), once);
  for (const start of [3, 4, 5, 6]) await mark(start);
  const again = await store.append(users(0, 7).map(reidentify), once);
  assertEquals(again.map(({ position }) => position), [1, 2, 3, 4, 5, 6, 7]);
  await store.close();
  assertEquals(countMarks(path), 7);
});

Deno.test("sqliteStore() forgets the marks of what was undone", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path, { rememberedExposures: 10 });
  await store.append(users(0, 3), once);
  const database = new DatabaseSync(path);
  database.exec(
    "CREATE TRIGGER no BEFORE UPDATE ON settled BEGIN SELECT RAISE(ABORT, 'no'); END",
  );
  await assertRejects(() => store.append(users(3, 3), once));
  database.exec("DROP TRIGGER no");
  database.close();
  // Another process appends as much, and puts as many marks into the table.
  const other = sqliteStore(path, { rememberedExposures: 10 });
  await other.append(users(6, 3), once);
  const stored = await store.append(users(3, 3), once);
  assertEquals(stored.map(({ position }) => position), [7, 8, 9]);
  await other.close();
  await store.close();
});

Deno.test("sqliteStore() forgets with the other processes, also where it never puts marks into the table", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const options = { rememberedExposures: 1000 };
  const store = sqliteStore(path, options);
  const other = sqliteStore(path, options);
  await store.append([exposure(9000, { hashValue: "0" })], once);
  for (let start = 1; start < 3000; start += 150) {
    await other.append(users(start, 150), once);
    await store.append([smallEvent(9000 + start)], once);
  }
  const [old] = await store.append([exposure(0, { hashValue: "0" })], once);
  assertEquals(old?.isRepeated, undefined);
  await other.close();
  await store.close();
});

Deno.test("sqliteStore() reads each block for its marks once, also where the newest marks are over", async () => {
  const path = `${temporaryFolder()}/log.db`;
  let now = 0;
  const clock = clockAt(() => now);
  const before = sqliteStore(path, { clock });
  await before.append(users(0, 1), once);
  now = 2000;
  await before.close();
  assertEquals(countMarks(path), 0);
  const store = sqliteStore(path, { clock });
  await store.append(users(1, 1), once);
  change(path, "UPDATE blocks SET body = '' WHERE last = 2");
  const [again] = await store.append(users(1, 1).map(reidentify), once);
  assertEquals(again?.position, 2);
  await store.close();
});

for (const body of ["{", "{}", '{"forms":[],"events":[null]}']) {
  Deno.test(`sqliteStore() appends after a block whose body is ${body}`, async () => {
    const path = `${temporaryFolder()}/log.db`;
    const before = sqliteStore(path);
    await before.append(users(0, 2), once);
    change(path, "UPDATE blocks SET body = ?", body);
    const store = sqliteStore(path);
    const stored = await store.append(users(2, 1), once);
    assertEquals(stored.map(({ position }) => position), [3]);
    // One that may be in that block is appended again.
    const [again] = await store.append([smallEvent(1)]);
    assertEquals(again?.position, 4);
    await store.close();
    await before.close();
  });
}

Deno.test("sqliteStore() appends where a row of marks is cut off, and knows those before", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  await before.append(users(0, 2), once);
  await before.close();
  change(path, "UPDATE marks SET body = substr(body, 1, length(body) - 1)");
  const store = sqliteStore(path);
  const stored = await store.append(users(0, 2).map(reidentify), once);
  assertEquals(stored.map(({ position }) => position), [1, 3]);
  await store.close();
});
