import { assertEquals } from "@std/assert";
import type { Engine } from "../../../../adapters/delivery/engine/engine.ts";
import { createLedger } from "../../../../adapters/delivery/store/create_ledger.ts";
import { createLogReader } from "../../../../adapters/delivery/store/create_log_reader.ts";
import {
  type StoreItem,
  storeItem,
} from "../../../../adapters/delivery/store/store_item.ts";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import type { EventStore } from "../../../../adapters/log/port/event_store.ts";
import { systemClock } from "../../../../adapters/support/time/clock.ts";
import { customEvent } from "../../../support/events/custom_event.ts";

const key = { name: "a", lane: "x" };

for (const unsettled of [[], [1]]) {
  const what = unsettled.length === 0 ? "what comes next" : "what is unsettled";
  Deno.test(`a reader that loses its lane while it reads ${what} gives nothing of it`, async () => {
    const memory = memoryStore();
    await memory.append([customEvent("1"), customEvent("2")], { lane: "x" });
    const claim = (await memory.claim(key, "one"))!;
    const position = unsettled.length;
    await memory.commit(key, "one", { position, unsettled });
    let isLost = false;
    const store: EventStore = {
      ...memory,
      read: async (...args) => {
        const events = await memory.read(...args);
        if (isLost) {
          await memory.release(key, "one");
          await memory.claim(key, "other");
        }
        return events;
      },
    };
    const passed: unknown[] = [];
    const given: StoreItem[] = [];
    const ledger = createLedger({
      store,
      key,
      owner: "one",
      claim: { ...claim, checkpoint: { position, unsettled } },
      onLost: () => {},
      clock: systemClock,
      delayAfter: () => 0,
      signal: new AbortController().signal,
      report: (error) => passed.push(error),
    });
    const engine: Pick<Engine<StoreItem>, "add" | "pending"> = {
      add: (items) => void given.push(...items),
      pending: () => 0,
    };
    const reader = createLogReader({
      store,
      ledger,
      unsettled,
      engine,
      name: "a",
      types: undefined,
      limit: 10,
      onPassed: (counts) => passed.push(counts),
      makeItem: (event) => storeItem(event, ledger),
    });
    isLost = true;
    await reader.read();
    assertEquals([given, passed, ledger.readTo()], [[], [], position]);
  });
}
