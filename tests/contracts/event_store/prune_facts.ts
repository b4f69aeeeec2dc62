import { deepStrictEqual as assertEquals } from "node:assert/strict";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { EventStore } from "../../../adapters/log/port/event_store.ts";
import type { Fact } from "./fact.ts";
import { assertRising, positionOf, smallEvent } from "./small_event.ts";

/** What `prune` has to do. */
export const pruneFacts: readonly Fact[] = [
  ["prune() removes the events up to a position", async (store) => {
    const recorded = await store.append([
      smallEvent(1),
      smallEvent(2),
      smallEvent(3),
    ]);
    assertEquals(await store.prune(recorded[1]!.position), 2);
    assertEquals(await store.read(0), recorded.slice(2));
    assertEquals(await store.positions(), {
      first: recorded[2]!.position,
      last: recorded[2]!.position,
    });
  }],
  ["prune() removes nothing a second time", async (store) => {
    const [one] = await store.append([smallEvent(1), smallEvent(2)]);
    await store.prune(one!.position);
    assertEquals(await store.prune(one!.position), 0);
    assertEquals(await store.prune(0), 0);
  }],
  ["prune() removes nothing of an empty store", async (store) => {
    assertEquals(await store.prune(10), 0);
    assertEquals(await store.positions(), { first: 0, last: 0 });
  }],
  ["prune() of everything lets positions go on", async (store) => {
    const [, two] = await store.append([smallEvent(1), smallEvent(2)]);
    assertEquals(await store.prune(two!.position), 2);
    assertEquals(await store.positions(), {
      first: two!.position + 1,
      last: two!.position,
    });
    const [three] = await store.append([smallEvent(3)]);
    assertRising([two!.position, three!.position]);
    assertEquals(await store.read(0), [three]);
  }],
  ["prune() takes Infinity for all there is", async (store) => {
    const [one] = await store.append([smallEvent(1)]);
    assertEquals(await store.prune(Infinity), 1);
    const [two] = await store.append([smallEvent(2)]);
    assertRising([one!.position, two!.position]);
    assertEquals(await store.read(0), [two]);
  }],
  ["prune() leaves word for the consumers that miss events", async (store) => {
    const stored = await store.append([
      smallEvent(1),
      smallEvent(2),
      { ...smallEvent(3), type: "__proto__" },
    ]);
    const [one, two, three] = stored.map(positionOf);
    await settle(store, "begun", one!);
    await settle(store, "new", 0);
    await settle(store, "done", three!);
    await settle(store, "ahead", two!);
    await settle(store, "holes", three!, [one!]);
    assertEquals(await store.prune(two!), 2);
    const left = await store.read(three!);
    assertEquals(
      left.map(({ type, version }) => [type, version]),
      [1, 2, 3].map(() => ["events.dropped", 1]),
    );
    assertEquals(new Set(left.map(({ id }) => id)).size, 3);
    assertEquals(byConsumer(left), [
      { reason: "pruned", count: 1, types: { custom: 1 }, consumer: "begun" },
      { reason: "pruned", count: 1, types: { custom: 1 }, consumer: "holes" },
      { reason: "pruned", count: 2, types: { custom: 2 }, consumer: "new" },
    ]);
  }],
  [
    "prune() leaves word for a lane that misses events of its own",
    async (store) => {
      const lanes = [{ name: "a", lane: "x" }, { name: "a", lane: "y" }];
      for (const lane of lanes) await store.claim(lane, "one");
      await store.append([smallEvent(1)], { lane: "x" });
      await store.append([smallEvent(2)], { lane: "y" });
      const [three] = await store.append([smallEvent(3)]);
      const y = { position: three!.position, unsettled: [] };
      await store.commit(lanes[1]!, "one", y);
      await store.prune(three!.position);
      const left = await store.read(three!.position);
      assertEquals(byConsumer(left), [
        { reason: "pruned", count: 1, types: { custom: 1 }, consumer: "a" },
      ]);
    },
  ],
  ["prune() moves the checkpoints of those who miss events", async (store) => {
    const stored = await store.append([1, 2, 3].map(smallEvent));
    const [one, two, three] = stored.map(positionOf);
    await settle(store, "new", 0);
    await settle(store, "begun", one!);
    await settle(store, "done", three!);
    await settle(store, "holes", three!, [one!, three!]);
    await store.prune(two!);
    const checkpoints = (await store.consumers()).map((
      { name, checkpoint },
    ) => [
      name,
      checkpoint.position,
      ...checkpoint.unsettled,
    ]);
    assertEquals(checkpoints.sort(), [
      ["begun", two],
      ["done", three],
      ["holes", three, three],
      ["new", two],
    ]);
  }],
  ["prune() leaves no word where nobody misses anything", async (store) => {
    const [, two, three] = await store.append([1, 2, 3].map(smallEvent));
    await settle(store, "done", two!.position);
    await store.prune(two!.position);
    assertEquals(await store.read(0), [three]);
  }],
  ["prune() carries over the word that it removes", async (store) => {
    await settle(store, "a", 0);
    await store.append([smallEvent(1), smallEvent(2)]);
    await store.prune((await store.positions()).last);
    await store.append([smallEvent(3)]);
    await store.prune((await store.positions()).last);
    assertEquals((await store.read(0)).map(({ data }) => data), [
      { reason: "pruned", count: 3, types: { custom: 3 }, consumer: "a" },
    ]);
  }],
];

async function settle(
  store: EventStore,
  name: string,
  position: number,
  unsettled: readonly number[] = [],
): Promise<void> {
  await store.claim({ name }, "one");
  assertEquals(
    await store.commit({ name }, "one", { position, unsettled }),
    true,
  );
}

function byConsumer(events: readonly RecordedEvent[]): readonly unknown[] {
  return events.map(({ data }) => data)
    .sort((one, other) =>
      String(one.consumer) < String(other.consumer) ? -1 : 1
    );
}
