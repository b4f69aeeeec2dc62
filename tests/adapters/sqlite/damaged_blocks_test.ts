import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { consume } from "../../../adapters/delivery/consume.ts";
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
  Deno.test(`sqliteStore() tells of the loss of a block whose body is ${body}, and reads on`, async () => {
    const store = await damagedLog(body);
    const [loss, next] = await store.read(0);
    assertEquals([loss?.position, loss?.type], [3, "events.dropped"]);
    assertEquals([loss?.data["count"], next?.position], [3, 4]);
    assertEquals(await store.read(1, 1), [loss!]);
    await store.close();
  });

  Deno.test(`sqliteStore() prunes a block whose body is ${body}`, async () => {
    const store = await damagedLog(body);
    assertEquals(await store.prune(2), 2);
    const [loss] = await store.read(0);
    assertEquals([loss?.position, loss?.data["count"]], [3, 1]);
    assertEquals(await store.prune(4), 2);
    const [next] = await store.read(0);
    assertEquals(next?.position, 5);
    await store.close();
  });

  for (const bound of ["capacity", "maxBytes"] as const) {
    Deno.test(`sqliteStore() keeps its ${bound} past a block whose body is ${body}`, async () => {
      // One event more is too much, and what makes room for it ends with the first block.
      const most = { capacity: 8, maxBytes: 1700 };
      const store = await damagedLog(body, { [bound]: most[bound] });
      await store.append(events(9, 1));
      assertEquals((await store.positions()).first, 4);
      await store.close();
    });
  }
}

Deno.test("consume() goes on after a block that is damaged", async () => {
  const store = await damagedLog("{");
  const seen: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const consumption = consume(store, "other", (events) => {
    seen.push(...events.map(({ position }) => position));
    if (seen.includes(9)) resolve();
  });
  await promise;
  await consumption.stop();
  assertEquals(seen, [4, 5, 6, 7, 8, 9]);
  await store.close();
});
