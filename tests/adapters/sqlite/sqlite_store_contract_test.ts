import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { testEventStore } from "../../contracts/event_store_contract.ts";
import { testSnapshotStore } from "../../contracts/snapshot_store_contract.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

let path = "";

testEventStore("sqliteStore()", {
  test: Deno.test,
  open: () => sqliteStore(path = `${temporaryFolder()}/log.db`),
  reopen: () => sqliteStore(path),
});

testEventStore("sqliteStore(), safe from power failures,", {
  test: Deno.test,
  open: () =>
    sqliteStore(path = `${temporaryFolder()}/log.db`, { powerSafe: true }),
  reopen: () => sqliteStore(path),
});

testEventStore("sqliteStore() in memory", {
  test: Deno.test,
  open: () => sqliteStore(":memory:"),
});

testSnapshotStore("sqliteStore()", {
  test: Deno.test,
  open: () => sqliteStore(":memory:"),
});
