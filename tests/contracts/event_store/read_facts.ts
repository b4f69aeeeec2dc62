import { deepStrictEqual as assertEquals } from "node:assert/strict";
import type { Fact } from "./fact.ts";
import { smallEvent } from "./small_event.ts";

/** What `read`, `positions` and `wakeups` have to do. */
export const readFacts: readonly Fact[] = [
  ["read() gives nothing of an empty store", async (store) => {
    assertEquals(await store.read(0), []);
    assertEquals(await store.read(99), []);
  }],
  ["read() gives the events after a position, oldest first", async (store) => {
    const recorded = await store.append([
      smallEvent(1),
      smallEvent(2),
      smallEvent(3),
    ]);
    assertEquals(await store.read(0), recorded);
    assertEquals(await store.read(recorded[0]!.position), recorded.slice(1));
    assertEquals(await store.read(recorded[2]!.position), []);
    assertEquals(await store.read(recorded[2]!.position + 10), []);
  }],
  ["read() gives at most as many events as it is asked for", async (store) => {
    const recorded = await store.append([
      smallEvent(1),
      smallEvent(2),
      smallEvent(3),
    ]);
    assertEquals(await store.read(0, 2), recorded.slice(0, 2));
    assertEquals(await store.read(recorded[0]!.position, 1), [recorded[1]]);
    assertEquals(await store.read(0, 3), recorded);
  }],
  ["read() takes Infinity for all there is", async (store) => {
    const recorded = await store.append([smallEvent(1), smallEvent(2)]);
    assertEquals(await store.read(0, Infinity), recorded);
    assertEquals(await store.read(Infinity), []);
    assertEquals(await store.read(Infinity, Infinity), []);
  }],
  ["read() gives none where it is asked for none", async (store) => {
    await store.append([smallEvent(1)]);
    assertEquals(await store.read(0, 0), []);
  }],
  ["read() takes the smaller number of what is between two", async (store) => {
    const recorded = await store.append([
      smallEvent(1),
      smallEvent(2),
      smallEvent(3),
    ]);
    assertEquals(await store.read(recorded[0]!.position + 0.5, 1.5), [
      recorded[1],
    ]);
  }],
  ["wakeups tells of new events", async (store) => {
    let wake: () => void = () => {};
    const woken = new Promise<void>((resolve) => wake = resolve);
    const subscription = store.wakeups.subscribe(() => wake());
    await store.append([smallEvent(1)]);
    await woken;
    subscription.unsubscribe();
  }],
  ["wakeups is of no use to those who left", async (store) => {
    let count = 0;
    store.wakeups.subscribe(() => count++).unsubscribe();
    await store.append([smallEvent(1)]);
    await store.read(0);
    assertEquals(count, 0);
  }],
  ["positions() gives the oldest and the newest position", async (store) => {
    assertEquals(await store.positions(), { first: 0, last: 0 });
    const recorded = await store.append([
      smallEvent(1),
      smallEvent(2),
      smallEvent(3),
    ]);
    assertEquals(await store.positions(), {
      first: recorded[0]!.position,
      last: recorded[2]!.position,
    });
  }],
];
