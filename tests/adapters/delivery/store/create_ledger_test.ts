import { assertEquals } from "@std/assert";
import { createLedger } from "../../../../adapters/delivery/store/create_ledger.ts";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import { systemClock } from "../../../../adapters/support/time/clock.ts";

const key = { name: "a", lane: "x" };

/** A ledger that has read two events. */
async function openLedger() {
  const store = memoryStore();
  const claim = await store.claim(key, "one");
  const errors: unknown[] = [];
  const ledger = createLedger({
    store,
    key,
    owner: "one",
    claim: claim!,
    onLost: () => {},
    clock: systemClock,
    delayAfter: () => 0,
    signal: new AbortController().signal,
    report: (error) => errors.push(error),
  });
  ledger.read(2, [1, 2]);
  return { store, ledger, errors };
}

for (let turns = 0; turns <= 12; turns++) {
  Deno.test(`a ledger tells the store what settles ${turns} turns after something else`, async () => {
    const { store, ledger, errors } = await openLedger();
    ledger.settle(1);
    for (let turn = 0; turn < turns; turn++) await null;
    ledger.settle(2);
    await ledger.committed();
    const [state] = await store.consumers();
    assertEquals(state?.checkpoint, { position: 2, unsettled: [] });
    await ledger.close();
    assertEquals([await store.consumers(), errors], [[], []]);
  });
}
