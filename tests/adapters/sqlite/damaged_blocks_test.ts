import { assert, assertEquals, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import type { SqliteRetention } from "../../../adapters/sqlite/sqlite_options.ts";
import { smallEvent } from "../../contracts/event_store/small_event.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

/** What is left of the body of a block. */
const bodies = ["{", "{}", '{"forms":[],"events":[null,null,null]}'];

function events(start: number, count: number) {
  return Array.from({ length: count }, (_, index) => smallEvent(start + index));
}

/** A log with three blocks of three events, the first of which is damaged and read by nobody. */
async function damagedLog(body: string, retention: SqliteRetention = {}) {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  await before.claim({ name: "reader" }, "owner");
  for (const start of [0, 3, 6]) await before.append(events(start, 3));
  await before.close();
  const database = new DatabaseSync(path);
  const row = database.prepare("SELECT body FROM blocks WHERE last = 3").get();
  const whole = String(row?.body);
  database.prepare("UPDATE blocks SET body = ? WHERE last = 3")
    .run(body.padEnd(whole.length));
  database.close();
  return sqliteStore(path, { retention });
}

for (const body of bodies) {
  Deno.test(`sqliteStore() prunes a block whose body is ${body}, which rejects where it is read`, async () => {
    const store = await damagedLog(body);
    await assertRejects(() => store.read(0));
    assertEquals(await store.prune(2), 2);
    await assertRejects(() => store.read(0));
    assertEquals(await store.prune(4), 2);
    const [next, , , , , dropped] = await store.read(0);
    assertEquals([next?.position, dropped?.type], [5, "events.dropped"]);
    await store.close();
  });

  for (const bound of ["capacity", "maxBytes"] as const) {
    Deno.test(`sqliteStore() keeps its ${bound} past a block whose body is ${body}`, async () => {
      // One event more is too much, and what makes room for it ends with the first block.
      const most = { capacity: 8, maxBytes: 1700 };
      const store = await damagedLog(body, { [bound]: most[bound] });
      await store.append(events(9, 1));
      assertEquals((await store.positions()).first, 4);
      assert((await store.read(0)).length > 0);
      await store.close();
    });
  }
}
