import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { systemClock } from "../../../adapters/support/time/clock.ts";
import {
  type SettableClock,
  testEventStore,
} from "../../contracts/event_store/mod.ts";
import { testSnapshotStore } from "../../contracts/snapshot_store_contract.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

let path = "";

function open({ now }: SettableClock, powerSafe = false) {
  const { setTimer } = systemClock;
  return sqliteStore(path, { clock: { now, setTimer }, powerSafe });
}

function openNew(clock: SettableClock, powerSafe = false) {
  path = `${temporaryFolder()}/log.db`;
  return open(clock, powerSafe);
}

testEventStore("sqliteStore()", {
  test: Deno.test,
  open: ({ clock }) => openNew(clock),
  again: ({ clock }) => open(clock),
  reopen: ({ clock }) => open(clock),
});

testEventStore("sqliteStore(), safe from power failures,", {
  test: Deno.test,
  open: ({ clock }) => openNew(clock, true),
  again: ({ clock }) => open(clock, true),
  reopen: ({ clock }) => open(clock),
});

testEventStore("sqliteStore() in memory", {
  test: Deno.test,
  open: ({ clock: { now } }) =>
    sqliteStore(":memory:", {
      clock: { now, setTimer: systemClock.setTimer },
    }),
});

testSnapshotStore("sqliteStore()", {
  test: Deno.test,
  open: () => sqliteStore(":memory:"),
});
