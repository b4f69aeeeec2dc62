import { assertThrows } from "@std/assert";
import {
  memoryStore,
  type MemoryStoreOptions,
} from "../../../adapters/log/memory_store.ts";

Deno.test("memoryStore() refuses options that can't be meant", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ capasity: 7 }, 'there is no option "capasity"'],
    [{ capacity: "7" }, "capacity should be a number from 0 on, the current"],
    [{ maxAge: NaN }, "maxAge should be a number from 0 on, the current value"],
  ];
  for (const [options, message] of wrong) {
    assertThrows(
      () => memoryStore(options as MemoryStoreOptions),
      Error,
      `Cannot keep events in memory: ${message}`,
    );
  }
});
