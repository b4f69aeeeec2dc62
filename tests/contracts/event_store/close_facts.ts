import {
  deepStrictEqual as assertEquals,
  rejects as assertRejects,
} from "node:assert/strict";
import type { Fact } from "./fact.ts";
import { smallEvent } from "./small_event.ts";

/** What `close` has to do. */
export const closeFacts: readonly Fact[] = [
  ["close() makes later calls fail", async (store) => {
    const key = { name: "a" };
    const claim = await store.claim(key, "one");
    await store.close();
    assertEquals(claim!.isHeld(), false);
    const calls: readonly (() => Promise<unknown>)[] = [
      () => store.append([smallEvent(1)]),
      () => store.read(0),
      () => store.positions(),
      () => store.consumers(),
      () => store.claim(key, "one"),
      () => store.commit(key, "one", { position: 1, unsettled: [] }),
      () => store.release(key, "one"),
      () => store.park(key, "one", []),
      () => store.parked("a"),
      () => store.redeliver("a"),
      () => store.unpark(key, "one", []),
      () => store.erase({ attribute: "id", value: "7" }),
      () => store.prune(1),
    ];
    for (const call of calls) await assertRejects(call, Error);
  }],
  ["close() may be called twice", async (store) => {
    await store.close();
    await store.close();
  }],
  ["close() completes wakeups", async (store) => {
    let isComplete = false;
    store.wakeups.subscribe({ complete: () => isComplete = true });
    await store.close();
    assertEquals(isComplete, true);
  }],
];
