import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { DatabaseSync } from "node:sqlite";
import { firstValueFrom } from "rxjs";
import {
  durableStore,
  sqliteStore,
  storageFailure,
} from "../../../../adapters/sqlite/mod.ts";
import type { EventStore } from "../../../../adapters/log/port/event_store.ts";
import { customEvent } from "../../../support/events/custom_event.ts";
import { passTime } from "../../../support/pass_time.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

const losses: readonly (readonly [string, (path: string) => void])[] = [
  ["deleted", (path) => Deno.removeSync(path)],
  ["deleted with all that is beside it", (path) => {
    for (const part of ["", "-wal", "-shm"]) Deno.removeSync(path + part);
  }],
  ["moved away", (path) => Deno.renameSync(path, `${path}.old`)],
  ["replaced by a copy", (path) => {
    Deno.copyFileSync(path, `${path}.copy`);
    Deno.renameSync(`${path}.copy`, path);
  }],
  ["left without its log of changes", (path) => Deno.removeSync(`${path}-wal`)],
  [
    "gone with its folder",
    (path) => Deno.removeSync(folderOf(path), { recursive: true }),
  ],
];

for (const [what, lose] of losses) {
  // The shared memory and the log of changes say nothing of a claim.
  if (!what.startsWith("left")) {
    Deno.test(`sqliteStore() holds no claim in a file that was ${what}`, async () => {
      const path = `${temporaryFolder()}/log.db`;
      const store = sqliteStore(path);
      const claim = await store.claim({ name: "a", lane: "" }, "owner");
      assertEquals(claim?.isHeld(), true);
      lose(path);
      assertEquals(claim?.isHeld(), false);
      await store.close();
    });
  }

  Deno.test(`sqliteStore() appends nothing to a file that was ${what}`, async () => {
    const path = `${temporaryFolder()}/log.db`;
    const store = sqliteStore(path);
    await store.append([customEvent("a")]);
    lose(path);
    const failure = await assertRejects(
      () => store.append([customEvent("b")]),
      Error,
      "Cannot append: the file was deleted, moved or replaced",
    );
    assertEquals(storageFailure(failure).code, "missing");
    await store.close();
  });

  Deno.test(`durableStore() keeps what was appended to a file that was ${what}`, async () => {
    using time = new FakeTime();
    const path = `${temporaryFolder()}/log.db`;
    const store = durableStore(sqliteStore(path));
    await store.append([customEvent("a")]);
    lose(path);
    await store.append([customEvent("b")]);
    const status = await firstValueFrom(store.status$);
    assert(status.state === "degraded");
    assertEquals(status.code, "missing");
    Deno.mkdirSync(folderOf(path), { recursive: true });
    await passTime(time, 1000);
    assertEquals((await firstValueFrom(store.status$)).state, "ok");
    await store.append([customEvent("c")]);
    await store.close();
    const kept = await idsAt(path);
    assert(kept.includes("b"), kept.join());
    assertEquals(kept.at(-1), "c");
    assertEquals(new Set(kept).size, kept.length);
  });
}

Deno.test("sqliteStore() raises moves where another file has taken the place of its own", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.append([customEvent("a"), customEvent("b")]);
  assertEquals(await store.positions(), { first: 1, last: 2 });
  Deno.removeSync(path);
  await assertRejects(() => store.positions());
  assertEquals(await store.positions(), { first: 0, last: 0, moves: 1 });
  assertEquals((await store.append([customEvent("c")]))[0]!.position, 1);
  await store.close();
});

Deno.test("sqliteStore() frees in a copy of its file what it held in the file", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const other = sqliteStore(path);
  const key = { name: "a", lane: "first" };
  await store.append([customEvent("a")], { lane: "first" });
  await store.claim(key, "owner");
  using database = new DatabaseSync(path);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  Deno.copyFileSync(path, `${path}.copy`);
  for (const part of ["", "-wal", "-shm"]) Deno.removeSync(path + part);
  Deno.renameSync(`${path}.copy`, path);
  await other.positions().catch(() => {});
  const owners = async () =>
    (await other.consumers()).flatMap(({ lane, owner }) =>
      lane === "first" ? [owner] : []
    );
  assertEquals(await owners(), ["owner"]);
  // It finds out with whatever it is asked for next, and claims anew.
  await store.consumers().catch(() => {});
  const [mine] = await store.consumers();
  assertEquals(mine?.owner, null);
  const next = { name: "a", lane: "second" };
  await store.claim(next, "another");
  assertEquals(await owners(), [null]);
  assert(await other.claim(key, "third") !== null);
  await store.close();
  await other.close();
});

Deno.test("sqliteStore() leaves all that was appended in a file that is moved away", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const reader = sqliteStore(path);
  await store.append([customEvent("a")]);
  await reader.read(0);
  Deno.renameSync(path, `${path}.old`);
  await assertRejects(() => store.append([customEvent("b")]));
  await assertRejects(() => reader.read(0));
  await store.append([customEvent("b")]);
  assertEquals((await reader.read(0)).map(({ id }) => id), ["b"]);
  await store.close();
  await reader.close();
  assert((await idsAt(`${path}.old`)).includes("a"));
});

Deno.test("sqliteStore() wakes its readers where the file is gone, so that they notice", async () => {
  using time = new FakeTime();
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.append([customEvent("a")]);
  let woken = 0;
  const subscription = store.wakeups.subscribe(() => woken++);
  await passTime(time, 200);
  assertEquals(woken, 0);
  Deno.removeSync(path);
  await passTime(time, 100);
  assertEquals(woken, 1);
  subscription.unsubscribe();
  await store.close();
});

Deno.test("sqliteStore() opens its file where it was, wherever the program goes", async () => {
  const folder = temporaryFolder();
  const before = Deno.cwd();
  try {
    Deno.chdir(folder);
    const store = sqliteStore("log.db");
    await store.append([customEvent("a")]);
    Deno.chdir(before);
    await store.append([customEvent("b")]);
    await store.close();
  } finally {
    Deno.chdir(before);
  }
  assertEquals(await idsAt(`${folder}/log.db`), ["a", "b"]);
});

async function idsAt(path: string): Promise<readonly string[]> {
  const store: EventStore = sqliteStore(path);
  const events = await store.read(0);
  await store.close();
  return events.filter(({ type }) => type === "custom").map(({ id }) => id);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

const modes: readonly (readonly [string, number])[] = [["", 0o600], [
  "-wal",
  0o600,
], ["-shm", 0o600]];

Deno.test("sqliteStore() creates files that only their owner may read", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.append([customEvent("a")]);
  for (const [part, mode] of modes) {
    assertEquals((Deno.statSync(path + part).mode ?? 0) & 0o777, mode);
  }
  await store.close();
});

Deno.test("sqliteStore() leaves the mode of a file as it is", async () => {
  const path = `${temporaryFolder()}/log.db`;
  new DatabaseSync(path).close();
  Deno.writeFileSync(path, new Uint8Array());
  Deno.chmodSync(path, 0o640);
  const store = sqliteStore(path);
  await store.append([customEvent("a")]);
  for (const [part] of modes) {
    assertEquals((Deno.statSync(path + part).mode ?? 0) & 0o777, 0o640);
  }
  await store.close();
});
