import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  durableStore,
  foldLog,
  sqliteStore,
  type SqliteStoreOptions,
  storageFailure,
} from "../../../adapters/sqlite/mod.ts";

Deno.test("sqliteStore() refuses a path that is no text", () => {
  // Such as a variable of the environment that is not set.
  for (const [path, shown] of [[undefined, "undefined"], [7, "7"]] as const) {
    assertThrows(
      () => sqliteStore(path as never),
      TypeError,
      `Cannot keep the event log: path should be a text, the current value is ${shown}`,
    );
  }
});

Deno.test("durableStore() refuses what is no store", () => {
  for (const odd of [undefined, null, "log.db", {}, Promise.resolve()]) {
    assertThrows(
      () => durableStore(odd as never),
      TypeError,
      "a store is needed, such as of sqliteStore(path), the current value is",
    );
  }
});

Deno.test("foldLog() refuses options that can't be meant", async () => {
  const store = sqliteStore(":memory:");
  const wrong: readonly (readonly [unknown, string])[] = [
    [null, "options should be an object, the current value is null"],
    [{ saveafter: 5 }, 'there is no option "saveafter"'],
    [{ saveAfter: NaN }, "saveAfter should be a number from 0 on, the current"],
  ];
  for (const [options, message] of wrong) {
    await assertRejects(
      () => foldLog(store, {}, options as never),
      Error,
      `Cannot fold the log: ${message}`,
    );
  }
  await store.close();
});

Deno.test("sqliteStore() refuses options that can't be meant", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ powersafe: true }, 'Cannot keep the event log: there is no option "po'],
    [
      { retention: { maxage: 1 } },
      'its retention: there is no option "maxage"',
    ],
    [
      { retention: { capacity: "1000" } },
      "capacity should be a number above 0",
    ],
    [
      { retention: 1000 },
      "retention should be an object, the current value is",
    ],
    [{ busyTimeout: "5s" }, "busyTimeout should be a number from 0 on"],
  ];
  for (const [options, message] of wrong) {
    assertThrows(
      () => sqliteStore(":memory:", options as SqliteStoreOptions),
      Error,
      message,
    );
  }
});

Deno.test("sqliteStore() says what to look for where the file can't be opened", async () => {
  const store = sqliteStore("/no/such/folder/log.db");
  await assertRejects(
    () => store.read(0),
    Error,
    "Cannot read: the file can't be opened: is its folder there, and may it be written to?",
  );
  await store.close();
});

Deno.test({
  name: "sqliteStore() says which permission is missing",
  permissions: { read: false, write: false },
  fn: async () => {
    const store = sqliteStore("log.db");
    const error = await assertRejects(
      () => store.read(0),
      Error,
      "Cannot read: Deno runs without --allow-read or --allow-write for the file",
    );
    assertEquals(storageFailure(error).code, "denied");
    await store.close();
  },
});
