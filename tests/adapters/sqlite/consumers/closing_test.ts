import { assertEquals } from "@std/assert";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

Deno.test("sqliteStore() leaves no owner behind that claims as it is closed", async () => {
  const folder = temporaryFolder();
  const path = `${folder}/log.db`;
  for (let turns = 0; turns < 12; turns++) {
    const store = sqliteStore(path);
    await store.claim({ name: "first", lane: "a" }, "owner");
    const closing = store.close();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await store.claim({ name: "late", lane: "a" }, "owner").catch(() => {});
    await closing;
  }
  const other = sqliteStore(path);
  const owners = (await other.consumers()).map(({ owner }) => owner);
  assertEquals(owners.filter((owner) => owner !== null), []);
  await other.close();
  const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
  assertEquals(left.filter((name) => name.includes("-owner-")), []);
});
