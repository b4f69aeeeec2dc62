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

  Deno.test(`sqliteStore() erases users past a block whose body is ${body}, and what is left of that`, async () => {
    const store = await damagedLog(body);
    const user = { attributes: { id: "7" }, level: "all" } as const;
    await store.append([{ ...smallEvent(9), user }]);
    const [loss] = await store.read(0);
    assertEquals(await store.erase({ attribute: "id", value: "7" }), 1);
    assertEquals(await store.erase({ attribute: "id", value: "7" }), 0);
    const [still] = await store.read(0);
    assertEquals([still, (await store.read(9))[0]?.type], [loss, "erased"]);
    assertEquals(await store.prune(4), 4);
    assertEquals((await store.positions()).first, 5);
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

Deno.test("sqliteStore() leaves no byte of a damaged block in its file where a user is erased", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  const user = { attributes: { id: "sesame-7" }, level: "all" } as const;
  await before.append([{ ...smallEvent(1), user }]);
  await before.close();
  const database = new DatabaseSync(path);
  database.exec("UPDATE blocks SET body = substr(body, 2)");
  database.close();
  const store = sqliteStore(path);
  assertEquals(await store.erase({ attribute: "id", value: "sesame-7" }), 0);
  await store.close();
  assertEquals(Deno.readTextFileSync(path).includes("sesame"), false);
});

Deno.test("sqliteStore() reads the events beside a payload that is damaged", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  const data = { digest: "d", payload: { features: {} }, dateUpdated: null };
  const loaded = { ...smallEvent(1), type: "payload.loaded", data };
  await before.append([loaded, smallEvent(2)]);
  await before.close();
  const database = new DatabaseSync(path);
  database.exec("UPDATE payloads SET payload = '{'");
  database.close();
  const store = sqliteStore(path);
  const [first, second] = await store.read(0);
  assertEquals([first?.data["digest"], first?.data["payload"]], [
    "d",
    undefined,
  ]);
  assertEquals(second?.position, 2);
  await store.close();
});

Deno.test("sqliteStore() lists what is parked beside what is damaged, and erases both", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  const stored = await before.append(events(0, 2));
  const key = { name: "reader" };
  await before.claim(key, "owner");
  const why = { reason: "refused", attempts: 1, message: "no" } as const;
  await before.park(key, "owner", stored.map((event) => ({ event, ...why })));
  await before.close();
  const database = new DatabaseSync(path);
  database.exec("UPDATE parked SET event = '{' WHERE seq = 1");
  database.close();
  const store = sqliteStore(path);
  const parked = await store.parked("reader");
  assertEquals(parked.map(({ event }) => event.position), [2]);
  await store.erase({ attribute: "id", value: "7" });
  await store.close();
  const after = new DatabaseSync(path);
  const row = after.prepare("SELECT count(*) AS value FROM parked").get();
  after.close();
  assertEquals(row?.value, 1);
});
