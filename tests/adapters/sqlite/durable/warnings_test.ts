import { assertEquals, assertThrows } from "@std/assert";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import {
  durableStore,
  type DurableStoreOptions,
  sqliteStore,
  type StorageWarning,
} from "../../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../../support/events/custom_event.ts";

const missing = "/no/such/folder/log.db";

Deno.test("durableStore() warns once of a disk that is done without, and of what was lost", async () => {
  const warnings: StorageWarning[] = [];
  const store = durableStore(sqliteStore(missing), {
    onWarning: (warning) => void warnings.push(warning),
  });
  for (const id of ["a", "b"]) await store.append([customEvent(id)]);
  await store.close();
  assertEquals(warnings, [
    {
      code: "open",
      message:
        "the event log can't be used, so events wait in memory: the file can't be opened: is its folder there, and may it be written to?",
    },
    {
      code: "lost",
      message:
        "3 events were lost, which were in memory when the event log was closed",
    },
  ]);
});

Deno.test("durableStore() warns on standard error by default, and never where all is well", async () => {
  const { error } = console;
  const told: unknown[] = [];
  console.error = (text: unknown) => void told.push(text);
  try {
    const stores = [memoryStore(), sqliteStore(missing)].map((disk) =>
      durableStore(disk)
    );
    for (const store of stores) await store.append([customEvent("a")]);
    assertEquals(told.map((text) => String(text).slice(0, 44)), [
      "growthstream: the event log can't be used, s",
    ]);
    for (const store of stores) await store.close();
    assertEquals(told.length, 2);
  } finally {
    console.error = error;
  }
});

Deno.test("durableStore() survives an onWarning that throws", async () => {
  let told = 0;
  const store = durableStore(sqliteStore(missing), {
    onWarning: () => {
      told++;
      throw new Error("No");
    },
  });
  const [event] = await store.append([customEvent("a")]);
  assertEquals(event?.type, "custom");
  await store.close();
  assertEquals(told, 2);
});

Deno.test("durableStore() refuses options that can't be meant", () => {
  const options = { onwarning: () => {} } as DurableStoreOptions;
  assertThrows(
    () => durableStore(memoryStore(), options),
    TypeError,
    'there is no option "onwarning"',
  );
});
