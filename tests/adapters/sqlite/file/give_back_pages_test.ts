import { assert, assertEquals } from "@std/assert";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../../support/events/custom_event.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

function many(start: number, count: number) {
  return Array.from(
    { length: count },
    (_, index) => customEvent(`${start + index}-${"x".repeat(100)}`),
  );
}

Deno.test("sqliteStore() gives the room of what was pruned back to the disk", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path, { rememberedIds: 100 });
  for (let start = 0; start < 20_000; start += 5000) {
    await store.append(many(start, 5000));
  }
  const { last } = await store.positions();
  await store.prune(last - 10);
  await store.prune(last);
  const size = Deno.statSync(path).size + Deno.statSync(`${path}-wal`).size;
  assert(size < 200_000, `${size}`);
  await store.append(many(20_000, 10));
  assertEquals((await store.read(0)).length, 10);
  await store.close();
});

Deno.test("sqliteStore() that keeps within bounds does not keep the room of a burst", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path, {
    retention: { capacity: 1000 },
    rememberedIds: 100,
  });
  await store.append(many(0, 30_000));
  for (let start = 30_000; start < 50_000; start += 500) {
    await store.append(many(start, 500));
  }
  await store.close();
  const { size } = Deno.statSync(path);
  assert(size < 2_000_000, `${size}`);
});
