import { deepStrictEqual as assertEquals } from "node:assert/strict";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { Fact } from "./fact.ts";
import {
  assertRising,
  positionOf,
  smallEvent,
  withoutPosition,
} from "./small_event.ts";

/** What `append` has to do. */
export const appendFacts: readonly Fact[] = [
  ["append() gives events with positions in their order", async (store) => {
    const recorded = await store.append([
      smallEvent(1),
      smallEvent(2),
      smallEvent(3),
    ]);
    assertEquals(recorded.map(withoutPosition), [
      smallEvent(1),
      smallEvent(2),
      smallEvent(3),
    ]);
    assertRising([0, ...recorded.map(positionOf)]);
  }],
  ["append() gives later events larger positions", async (store) => {
    const [one] = await store.append([smallEvent(1)]);
    const [other] = await store.append([smallEvent(2)]);
    assertRising([one!.position, other!.position]);
  }],
  ["append() takes no events, and adds none", async (store) => {
    assertEquals(await store.append([]), []);
    assertEquals(await store.positions(), { first: 0, last: 0 });
  }],
  ["append() does not add an event twice", async (store) => {
    const first = await store.append([smallEvent(1), smallEvent(2)]);
    assertEquals(await store.append([smallEvent(1), smallEvent(2)]), first);
    assertEquals(await store.read(0), first);
  }],
  ["append() adds what is new among repeated events", async (store) => {
    const [one, two] = await store.append([smallEvent(1), smallEvent(2)]);
    const mixed = await store.append([
      smallEvent(2),
      smallEvent(3),
      smallEvent(1),
    ]);
    assertEquals([mixed[0], mixed[2]], [two, one]);
    assertEquals(await store.read(0), [one, two, mixed[1]]);
  }],
  [
    "append() adds an event once that is there twice in a call",
    async (store) => {
      const recorded = await store.append([
        smallEvent(1),
        smallEvent(2),
        smallEvent(1),
      ]);
      assertEquals(recorded[0], recorded[2]);
      assertEquals(await store.read(0), [recorded[0], recorded[1]]);
    },
  ],
  ["append() keeps what an id stood for at first", async (store) => {
    const first = await store.append([smallEvent(1)]);
    const again = { ...smallEvent(1), type: "other", data: { changed: true } };
    assertEquals(await store.append([again]), first);
    assertEquals(await store.read(0), first);
  }],
  ["append() knows an id whose event was pruned", async (store) => {
    const [one, two] = await store.append([smallEvent(1), smallEvent(2)]);
    await store.prune(one!.position);
    assertEquals(await store.append([smallEvent(1)]), [one]);
    assertEquals(await store.read(0), [two]);
  }],
  [
    "append() keeps apart the events of calls at the same time",
    async (store) => {
      const batches = await Promise.all(
        [0, 10, 20, 30].map((start) =>
          store.append([
            smallEvent(start),
            smallEvent(start + 1),
            smallEvent(start + 2),
          ])
        ),
      );
      const all = await store.read(0);
      assertEquals(all.length, 12);
      assertRising(all.map(positionOf));
      for (const batch of batches) {
        const start = all.findIndex(({ id }) => id === batch[0]!.id);
        assertEquals(all.slice(start, start + 3), batch);
      }
    },
  ],
  [
    "append() adds an event once that is in calls at the same time",
    async (store) => {
      const [one, other] = await Promise.all([
        store.append([smallEvent(1)]),
        store.append([smallEvent(1)]),
      ]);
      assertEquals(one, other);
      assertEquals(await store.read(0), one);
    },
  ],
  ["append() keeps JSON as it is", async (store) => {
    const data = JSON.parse(
      `{"__proto__":{"x":1},"constructor":null,"":[true,-0.5,1e21,"\\u0000\\ud83d\\ude00'"],"a":{}}`,
    );
    const user = {
      level: "all" as const,
      attributes: { id: "ü", toString: 1, tags: [] },
      url: "https://example.com/?q=%20",
    };
    const given: NewEvent = { ...smallEvent(1), version: 7, data, user };
    await store.append([given]);
    const [read] = await store.read(0);
    assertEquals(JSON.stringify(withoutPosition(read!)), JSON.stringify(given));
    assertEquals("user" in (await store.append([smallEvent(2)]))[0]!, false);
  }],
  ["append() keeps a large event", async (store) => {
    const given = { ...smallEvent(1), data: { text: "x".repeat(100_000) } };
    await store.append([given]);
    assertEquals(withoutPosition((await store.read(0))[0]!), given);
  }],
];
