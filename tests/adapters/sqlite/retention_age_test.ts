import { assert, assertEquals } from "@std/assert";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import type { Clock } from "../../../adapters/support/time/clock.ts";
import { customEvent } from "../../support/events/custom_event.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const day = 86_400_000;
const maxAge = 7 * day;

/** A clock whose time of day can be set without time passing. */
function twoClocks() {
  let wall = 1_750_000_000_000;
  let passed = 0;
  return {
    now: () => wall,
    monotonic: () => passed,
    setTimer: () => () => {},
    pass: (milliseconds: number) => {
      wall += milliseconds;
      passed += milliseconds;
    },
    set: (milliseconds: number) => {
      wall += milliseconds;
    },
  };
}

function withoutMonotonic({ now, setTimer }: Clock): Clock {
  return { now, setTimer };
}

async function idsOf(store: ReturnType<typeof sqliteStore>) {
  return (await store.read(0)).map(({ id }) => id);
}

Deno.test("sqliteStore() goes by how long an event is in the log, whatever time it bears", async () => {
  const clock = twoClocks();
  const store = sqliteStore(":memory:", { clock, retention: { maxAge } });
  await store.append([customEvent("ahead", clock.now() + 900 * day)]);
  await store.append([customEvent("behind", 0)]);
  clock.pass(6 * day);
  await store.append([customEvent("later", 0)]);
  assertEquals(await idsOf(store), ["ahead", "behind", "later"]);
  clock.pass(1.2 * day);
  await store.append([customEvent("last", 0)]);
  assertEquals(await idsOf(store), ["later", "last"]);
  await store.close();
});

for (
  const [what, change] of [
    ["a clock with a monotonic time", (clock: Clock) => clock],
    ["a clock without", withoutMonotonic],
  ] as const
) {
  Deno.test(`sqliteStore() keeps its events where ${what} is 30 days ahead for an append`, async () => {
    const clock = twoClocks();
    const store = sqliteStore(":memory:", {
      clock: change(clock),
      retention: { maxAge },
    });
    for (let index = 0; index < 5; index++) {
      await store.append([customEvent(`${index}`)]);
      clock.pass(1000);
    }
    clock.set(30 * day);
    await store.append([customEvent("ahead")]);
    await store.append([customEvent("ahead too")]);
    clock.set(-30 * day);
    clock.pass(day / 2);
    await store.append([customEvent("after")]);
    clock.pass(day / 2);
    await store.append([customEvent("last")]);
    assertEquals((await idsOf(store)).length, 9);
    await store.close();
  });
}

Deno.test("sqliteStore() keeps its events where another process is 30 days ahead, or an hour behind", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const append = async (clock: Clock, id: string) => {
    const store = sqliteStore(path, { clock, retention: { maxAge } });
    await store.append([customEvent(id)]);
    await store.close();
  };
  const right = twoClocks();
  const ahead = twoClocks();
  ahead.set(30 * day);
  const behind = twoClocks();
  behind.set(-3_600_000);
  for (const clock of [right, ahead, right, behind, right, ahead, behind]) {
    await append(clock, crypto.randomUUID());
    for (const each of [right, ahead, behind]) each.pass(1000);
  }
  const store = sqliteStore(path);
  assertEquals((await idsOf(store)).length, 7);
  await store.close();
});

Deno.test("sqliteStore() lets go what became too old while no process ran, once the time is confirmed", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const clock = twoClocks();
  const open = () => sqliteStore(path, { clock, retention: { maxAge } });
  const before = open();
  await before.append([customEvent("old")]);
  await before.close();
  clock.pass(30 * day);
  const after = open();
  await after.append([customEvent("a")]);
  assertEquals(await idsOf(after), ["old", "a"]);
  clock.pass(600_000);
  await after.append([customEvent("b")]);
  assertEquals(await idsOf(after), ["a", "b"]);
  await after.close();
});

Deno.test("sqliteStore() goes on looking at ages where the clock is set back", async () => {
  const clock = twoClocks();
  const store = sqliteStore(":memory:", { clock, retention: { maxAge: 1000 } });
  await store.append([customEvent("a")]);
  clock.set(-3_600_000);
  clock.pass(2000);
  await store.append([customEvent("b")]);
  assertEquals(await idsOf(store), ["b"]);
  await store.close();
});

Deno.test("sqliteStore() writes down ages in a bounded number of rows", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const clock = twoClocks();
  const store = sqliteStore(path, { clock, retention: { maxAge } });
  for (let index = 0; index < 1000; index++) {
    await store.append([customEvent(`${index}`)]);
    clock.pass(120_000);
  }
  await store.close();
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path);
  const row = database.prepare("SELECT count(*) AS count FROM ages").get();
  database.close();
  assert(Number(row?.count) <= 202);
});
