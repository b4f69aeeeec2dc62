import { durableStore, sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { systemClock } from "../../../../adapters/support/time/clock.ts";
import {
  type SettableClock,
  testEventStore,
} from "../../../contracts/event_store/mod.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

let path = "";

function open({ now }: SettableClock) {
  const clock = { now, setTimer: systemClock.setTimer };
  return durableStore(sqliteStore(path, { clock }), { clock });
}

testEventStore("durableStore() of a disk that works", {
  test: Deno.test,
  open: ({ clock }) => {
    path = `${temporaryFolder()}/log.db`;
    return open(clock);
  },
  again: ({ clock }) => open(clock),
  reopen: ({ clock }) => open(clock),
});
