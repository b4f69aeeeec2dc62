import { assertEquals, assertThrows } from "@std/assert";
import {
  cookieStickyBuckets,
  logStickyBuckets,
  memoryStickyBuckets,
  memoryStore,
  webStorageStickyBuckets,
} from "../../../adapters/client/mod.ts";

Deno.test("memoryStickyBuckets() refuses options that can't be meant", () => {
  const task = "Cannot keep sticky buckets in memory";
  const wrong: readonly (readonly [unknown, string])[] = [
    [null, `${task}: options should be an object, the current value is null`],
    [{ capcity: 5 }, `${task}: there is no option "capcity"`],
    // Past a bound that is no number, each document would be forgotten at once.
    [{ capacity: NaN }, `${task}: capacity should be a number from 0 on, the`],
    [{ capacity: "1k" }, `${task}: capacity should be a number from 0 on, the`],
  ];
  for (const [options, message] of wrong) {
    assertThrows(
      () => memoryStickyBuckets(options as never),
      Error,
      message,
    );
  }
});

Deno.test("logStickyBuckets() refuses what is no store, and options that are none", () => {
  const task = "Cannot draw sticky buckets from a log";
  for (const odd of [undefined, "log.db", {}, Promise.resolve()]) {
    assertThrows(
      () => logStickyBuckets(odd as never),
      TypeError,
      `${task}: a store is needed, such as of sqliteStore(path), the current value is`,
    );
  }
  assertThrows(
    () => logStickyBuckets(memoryStore(), null as never),
    TypeError,
    `${task}: options should be an object, the current value is null`,
  );
  assertThrows(
    () => logStickyBuckets(memoryStore(), { snapshots: null } as never),
    TypeError,
    `${task}: there is no option "snapshots"`,
  );
});

Deno.test("cookieStickyBuckets() shows any maxAge that is none", () => {
  for (const maxAge of [Symbol(), Object.create(null), "5"]) {
    assertThrows(
      () => cookieStickyBuckets({ read: () => "", write: () => {}, maxAge }),
      RangeError,
      "Cannot make cookies: the current maxAge is",
    );
  }
});

Deno.test("webStorageStickyBuckets() takes null for no options", () => {
  const storage = { getItem: () => null, setItem: () => {} };
  assertEquals(webStorageStickyBuckets(storage, null as never).load([]), {});
});
