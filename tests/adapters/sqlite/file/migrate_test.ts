import { assertEquals, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import {
  sqliteStore,
  storageFailure,
} from "../../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../../support/custom_event.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { createOldLog } from "../old_log.ts";
import { positionOf } from "../../../support/consumer_state.ts";

Deno.test("sqliteStore() opens the log of an earlier version, and keeps its events", async () => {
  const path = `${temporaryFolder()}/log.db`;
  createOldLog(path, 10);
  const reader = sqliteStore(path, { readOnly: true });
  assertEquals((await reader.read(0)).length, 10);
  await reader.close();
  const store = sqliteStore(path, { retention: { maxAge: 1000 } });
  const [event] = await store.append([customEvent("new")]);
  assertEquals(event?.position, 11);
  assertEquals(await positionOf(store, "reader"), 5);
  const events = await store.read(0);
  assertEquals(events.length, 11);
  assertEquals((await store.append([customEvent("old-3")]))[0], events[3]);
  await store.close();
});

Deno.test("sqliteStore() leaves the log of a later version alone", async () => {
  const path = `${temporaryFolder()}/log.db`;
  createOldLog(path, 1);
  const database = new DatabaseSync(path);
  database.exec("PRAGMA user_version = 99");
  database.close();
  const before = Deno.readFileSync(path);
  const store = sqliteStore(path);
  const failure = await assertRejects(() => store.append([customEvent("a")]));
  assertEquals(storageFailure(failure).code, "newer");
  await store.close();
  assertEquals(Deno.readFileSync(path), before);
});
