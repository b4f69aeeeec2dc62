import { assertEquals, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import {
  sqliteStore,
  storageFailure,
} from "../../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../../support/events/custom_event.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

Deno.test("sqliteStore() leaves the log of a later version alone", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const writer = sqliteStore(path);
  await writer.append([customEvent("old")]);
  await writer.close();
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
