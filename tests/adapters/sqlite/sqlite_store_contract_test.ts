import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { testEventStore } from "../../contracts/event_store_contract.ts";

let path = "";

testEventStore("sqliteStore()", {
  test: Deno.test,
  open: async () => {
    path = `${await Deno.makeTempDir()}/log.db`;
    return sqliteStore(path);
  },
  reopen: () => sqliteStore(path),
});

testEventStore("sqliteStore(), safe from power failures,", {
  test: Deno.test,
  open: async () => {
    path = `${await Deno.makeTempDir()}/log.db`;
    return sqliteStore(path, { powerSafe: true });
  },
  reopen: () => sqliteStore(path),
});

testEventStore("sqliteStore() in memory", {
  test: Deno.test,
  open: () => sqliteStore(":memory:"),
});
