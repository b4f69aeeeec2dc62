import { assertEquals } from "@std/assert";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../support/events/custom_event.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const events = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => customEvent(`${first + index}`));

for (const count of [4_999, 5_000, 5_001, 9_000, 15_000]) {
  Deno.test(`sqliteStore() keeps its bounds with ${count} events that are appended at once`, async () => {
    const store = sqliteStore(":memory:", { retention: { capacity: 100 } });
    await store.append(events(0, count));
    assertEquals(await store.positions(), { first: count - 89, last: count });
    await store.close();
  });
}

Deno.test("sqliteStore() removes a chunk more than an append adds, where far too much was there before", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const before = sqliteStore(path);
  for (let from = 0; from < 30_000; from += 10_000) {
    await before.append(events(from, 10_000));
  }
  await before.close();
  const store = sqliteStore(path, { retention: { capacity: 100 } });
  const firsts: number[] = [];
  for (let id = 30_000; id < 30_007; id++) {
    await store.append(events(id, 1));
    firsts.push((await store.positions()).first);
  }
  assertEquals(firsts.slice(0, 5), [5_001, 10_001, 15_001, 20_001, 25_001]);
  assertEquals(firsts.slice(5), [30_006 - 89, 30_006 - 89]);
  await store.close();
});

Deno.test("sqliteStore() with a bound takes more events at once than a call has arguments", async () => {
  const store = sqliteStore(":memory:", {
    retention: { maxAge: 86_400_000 },
  });
  const stored = await store.append(events(0, 150_000));
  assertEquals(stored.at(-1)!.position, 150_000);
  assertEquals(await store.positions(), { first: 1, last: 150_000 });
  await store.close();
});
