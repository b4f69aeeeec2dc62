import { deepStrictEqual as assertEquals } from "node:assert/strict";
import type { StoredEvent } from "../../../adapters/log/port/event_store.ts";
import type { Fact } from "./fact.ts";
import { exposure, smallEvent } from "./small_event.ts";

const day = 86_400_000;
const once = { exposureAge: day };

/** How exposures are kept once. */
export const exposureFacts: readonly Fact[] = [
  ["append() keeps an exposure once within its age", async (store) => {
    const [first] = await store.append([exposure(1)], once);
    const [second] = await store.append([exposure(2)], once);
    assertEquals(isRepeated(first!), false);
    assertEquals(second, {
      ...exposure(2),
      position: first!.position,
      isRepeated: true,
    });
    assertEquals(await store.read(0), [first]);
  }],
  ["append() keeps an exposure once that is twice in a call", async (store) => {
    const stored = await store.append([exposure(1), exposure(2)], once);
    assertEquals(stored.map(isRepeated), [false, true]);
  }],
  [
    "append() keeps an exposure once that comes at the same time",
    async (store, { again }) => {
      const other = await again();
      const stored = await Promise.all([
        store.append([exposure(1)], once),
        other.append([exposure(2)], once),
        store.append([exposure(3)], once),
      ]);
      assertEquals(stored.flat().filter(isRepeated).length, 2);
      assertEquals((await store.read(0)).length, 1);
    },
  ],
  ["append() gives a repeated call what the first gave", async (store) => {
    const events = [exposure(1), exposure(2), smallEvent(3)];
    const first = await store.append(events, once);
    assertEquals(await store.append(events, once), first);
  }],
  ["append() keeps exposures apart that differ", async (store) => {
    const differing = [
      {},
      { variationId: 0 },
      { experimentKey: "other" },
      { phase: "1" },
      { phase: "2" },
      { hashAttribute: "device" },
      { hashValue: "8" },
      { hashValue: "7".repeat(10_000) },
      { hashValue: `${"7".repeat(10_000)}8` },
      { hashValue: ["7"] },
      { experimentKey: "x".repeat(1_000) },
    ];
    const stored = await store.append(
      differing.map((data, index) => exposure(index, data)),
      once,
    );
    assertEquals(stored.filter(isRepeated), []);
    const repeated = await store.append(
      differing.map((data, index) => exposure(100 + index, data)),
      once,
    );
    assertEquals(repeated.map(isRepeated), differing.map(() => true));
    assertEquals(
      repeated.map(({ position }) => position),
      stored.map(({ position }) => position),
    );
  }],
  ["append() knows a number and its text as one user", async (store) => {
    await store.append([exposure(1, { hashValue: 7 })], once);
    const [other] = await store.append([exposure(2, { hashValue: "7" })], once);
    assertEquals(isRepeated(other!), true);
  }],
  [
    "append() goes by the key alone: A, B, A is two exposures",
    async (store) => {
      const [a, b] = [{ variationId: 0 }, { variationId: 1 }];
      const stored = await store.append(
        [exposure(1, a), exposure(2, b), exposure(3, a)],
        once,
      );
      assertEquals(stored.map(isRepeated), [false, false, true]);
    },
  ],
  [
    "append() adds an exposure again that is too old",
    async (store, setting) => {
      await store.append([exposure(1)], once);
      setting.clock.time += day - 1;
      const [early] = await store.append([exposure(2)], once);
      setting.clock.time += 1;
      const [late] = await store.append([exposure(3)], once);
      const [repeated] = await store.append([exposure(4)], once);
      assertEquals([early!, late!, repeated!].map(isRepeated), [
        true,
        false,
        true,
      ]);
    },
  ],
  [
    "append() takes a mark from the future for one of now",
    async (store, setting) => {
      setting.clock.time += 10 * day;
      await store.append([exposure(1)], once);
      setting.clock.time -= 10 * day;
      const [early] = await store.append([exposure(2)], once);
      setting.clock.time += day;
      const [late] = await store.append([exposure(3)], once);
      assertEquals([early!, late!].map(isRepeated), [true, false]);
    },
  ],
  ["append() keeps every exposure without an age", async (store) => {
    const stored = [
      ...await store.append([exposure(1)]),
      ...await store.append([exposure(2)], { exposureAge: 0 }),
      ...await store.append([exposure(3)], once),
    ];
    assertEquals(stored.map(isRepeated), [false, false, false]);
  }],
  ["append() keeps every event of another type", async (store) => {
    const odd = { ...exposure(3), type: "custom" };
    const stored = await store.append(
      [smallEvent(1), { ...smallEvent(1), id: "2" }, exposure(4), odd],
      once,
    );
    assertEquals(stored.map(isRepeated), [false, false, false, false]);
  }],
  ["append() keeps an exposure that has no key", async (store) => {
    const broken = { hashAttribute: 7 };
    const stored = await store.append(
      [exposure(1, broken), exposure(2, broken)],
      once,
    );
    assertEquals(stored.map(isRepeated), [false, false]);
  }],
  [
    "prune() leaves the mark of an exposure that all have settled",
    async (store) => {
      const [first] = await store.append([exposure(1)], once);
      const key = { name: "a" };
      await store.claim(key, "one");
      const { position } = first!;
      await store.commit(key, "one", { position, unsettled: [] });
      await store.prune(position);
      const [second] = await store.append([exposure(2)], once);
      assertEquals([isRepeated(second!), second!.position], [true, position]);
    },
  ],
  ["prune() removes the mark of an exposure that is lost", async (store) => {
    await store.claim({ name: "a" }, "one");
    const [first] = await store.append([exposure(1)], once);
    await store.prune(first!.position);
    const [second] = await store.append([exposure(2)], once);
    assertEquals(isRepeated(second!), false);
  }],
];

function isRepeated({ isRepeated }: StoredEvent): boolean {
  return isRepeated === true;
}
