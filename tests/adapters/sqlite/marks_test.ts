import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { exposure } from "../../contracts/event_store/small_event.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const once = { exposureAge: 1000 };

function countMarks(path: string): number {
  const database = new DatabaseSync(path);
  const row = database.prepare("SELECT sum(count) AS count FROM marks").get();
  database.close();
  return Number(row?.count);
}

function users(start: number, count: number) {
  return Array.from(
    { length: count },
    (_, index) => exposure(start + index, { hashValue: `${start + index}` }),
  );
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
