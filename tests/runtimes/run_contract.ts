// Runs the suite of all stores on whatever runtime this is, and prints what came of it as JSON.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore } from "../../adapters/log/memory_store.ts";
import { durableStore, sqliteStore } from "../../adapters/sqlite/mod.ts";
import { systemClock } from "../../adapters/support/time/clock.ts";
import { testEventStore } from "../contracts/event_store/mod.ts";
import { testSnapshotStore } from "../contracts/snapshot_store_contract.ts";

const tests: (readonly [name: string, run: () => Promise<void>])[] = [];
const test = (name: string, run: () => Promise<void>) =>
  tests.push([name, run]);
const folder = mkdtempSync(join(tmpdir(), "growthstream-"));
let path = "";
let count = 0;

testEventStore("memoryStore()", { test, open: memoryStore });
testEventStore("sqliteStore()", {
  test,
  open: ({ clock }) => {
    path = join(folder, `${++count}.db`);
    return open(clock);
  },
  again: ({ clock }) => open(clock),
  reopen: ({ clock }) => open(clock),
});
testEventStore("durableStore()", {
  test,
  open: ({ clock }) => {
    path = join(folder, `${++count}.db`);
    return durableStore(open(clock));
  },
  again: ({ clock }) => durableStore(open(clock)),
  reopen: ({ clock }) => durableStore(open(clock)),
});
testSnapshotStore("sqliteStore()", {
  test,
  open: () => sqliteStore(":memory:"),
});

function open({ now }: Pick<typeof systemClock, "now">) {
  return sqliteStore(path, { clock: { now, setTimer: systemClock.setTimer } });
}

const passed: string[] = [];
const failed: string[] = [];
for (const [name, run] of tests) {
  try {
    await run();
    passed.push(name);
  } catch (error) {
    failed.push(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ passed, failed }));
