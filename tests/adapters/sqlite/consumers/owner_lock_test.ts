import { assert, assertEquals } from "@std/assert";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

const key = { name: "reader" };
const checkpoint = { position: 3, unsettled: [] };

function locksBeside(path: string): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf("/"));
  return [...Deno.readDirSync(folder)]
    .filter(({ name }) => name.includes("-owner-"))
    .map(({ name }) => `${folder}/${name}`);
}

Deno.test("sqliteStore() has one lock for all of its owners, which only they may open, and gives it back", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.positions();
  assertEquals(locksBeside(path), []);
  await store.claim(key, "one");
  await store.claim({ name: "other" }, "two");
  const [lock, ...others] = locksBeside(path);
  assertEquals(others, []);
  assertEquals((Deno.statSync(lock!).mode ?? 0) & 0o777, 0o600);
  assertEquals(Deno.statSync(lock!).size, 0);
  await store.release(key, "one");
  assertEquals(locksBeside(path), [lock!]);
  await store.release({ name: "other" }, "two");
  assertEquals(locksBeside(path), []);
  await store.close();
});

Deno.test("sqliteStore() notices that its lock is gone, and takes another", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const [one, other] = [sqliteStore(path), sqliteStore(path)];
  const claim = await one.claim(key, "one");
  for (const lock of locksBeside(path)) Deno.removeSync(lock);
  assertEquals(claim?.isHeld(), false);
  const second = await other.claim(key, "two");
  assert(second?.isHeld());
  assertEquals(await one.commit(key, "one", checkpoint), false);
  assertEquals(await one.claim(key, "one"), null);
  assertEquals(await other.commit(key, "two", checkpoint), true);
  await other.release(key, "two");
  assert((await one.claim(key, "one"))?.isHeld());
  assertEquals(claim?.isHeld(), true);
  await one.close();
  await other.close();
  assertEquals(locksBeside(path), []);
});

Deno.test("sqliteStore() removes locks that were left behind", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const left = `${path}-owner-${crypto.randomUUID()}`;
  Deno.writeTextFileSync(left, "");
  const store = sqliteStore(path);
  await store.claim(key, "one");
  const locks = locksBeside(path);
  assertEquals(locks.length, 1);
  assert(!locks.includes(left));
  await store.close();
});

Deno.test("sqliteStore() holds nothing any more where its file was replaced", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const claim = await store.claim(key, "one");
  Deno.removeSync(path);
  await store.positions().catch(() => {});
  assertEquals(await store.commit(key, "one", checkpoint), false);
  assertEquals(claim?.isHeld(), false);
  assertEquals((await store.claim(key, "one"))?.checkpoint.position, 0);
  await store.close();
});
