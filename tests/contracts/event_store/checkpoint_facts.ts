import {
  deepStrictEqual as assertEquals,
  rejects as assertRejects,
} from "node:assert/strict";
import { maxUnsettled } from "../../../adapters/log/port/checkpoint.ts";
import type { Fact } from "./fact.ts";
import { smallEvent } from "./small_event.ts";

const key = { name: "a" };

/** What `commit` has to do. */
export const checkpointFacts: readonly Fact[] = [
  [
    "commit() keeps a position and what is unsettled before it",
    async (store) => {
      await store.claim(key, "one");
      const checkpoint = { position: 9, unsettled: [1, 4, 9] };
      assertEquals(await store.commit(key, "one", checkpoint), true);
      assertEquals((await store.consumers())[0]!.checkpoint, checkpoint);
    },
  ],
  ["commit() is for the owner alone", async (store, { again }) => {
    const other = await again();
    assertEquals(
      await store.commit(key, "one", { position: 1, unsettled: [] }),
      false,
    );
    await store.claim(key, "one");
    for (const each of [store, other]) {
      assertEquals(
        await each.commit(key, "two", { position: 2, unsettled: [] }),
        false,
      );
    }
    assertEquals((await store.consumers())[0]!.checkpoint.position, 0);
  }],
  ["commit() is not for an owner that gave up", async (store) => {
    await store.claim(key, "one");
    await store.release(key, "one");
    const late = { position: 3, unsettled: [] };
    assertEquals(await store.commit(key, "one", late), false);
    await store.claim(key, "two");
    assertEquals(await store.commit(key, "one", late), false);
    assertEquals((await store.consumers())[0]!.checkpoint.position, 0);
  }],
  ["commit() takes a long list of unsettled events", async (store) => {
    await store.claim(key, "one");
    const unsettled = Array.from(
      { length: maxUnsettled },
      (_, index) => 1 + 2 * index,
    );
    const checkpoint = { position: 5_000, unsettled };
    assertEquals(await store.commit(key, "one", checkpoint), true);
    assertEquals((await store.consumers())[0]!.checkpoint, checkpoint);
  }],
  ["commit() refuses what is no checkpoint", async (store) => {
    await store.claim(key, "one");
    const tooMany = Array.from({ length: maxUnsettled + 1 }, (_, at) => at + 1);
    const wrong: readonly (readonly [unknown, typeof Error])[] = [
      [{ position: NaN, unsettled: [] }, RangeError],
      [{ position: -1, unsettled: [] }, RangeError],
      [{ position: 3, unsettled: [4] }, RangeError],
      [{ position: 3, unsettled: [2, 1] }, RangeError],
      [{ position: 3, unsettled: [2, 2] }, RangeError],
      [{ position: 3, unsettled: [NaN] }, RangeError],
      [{ position: 5_000, unsettled: tooMany }, RangeError],
      [{ position: "1", unsettled: [] }, TypeError],
      [{ position: 3, unsettled: ["1"] }, TypeError],
      [{ position: 3 }, TypeError],
      [null, TypeError],
    ];
    for (const [checkpoint, expected] of wrong) {
      await assertRejects(
        () => store.commit(key, "one", checkpoint as never),
        expected,
      );
    }
    assertEquals((await store.consumers())[0]!.checkpoint.position, 0);
  }],
  ["commit() does not go back behind what was pruned", async (store) => {
    const stored = await store.append([1, 2, 3].map(smallEvent));
    const [one, two, three] = stored.map(({ position }) => position);
    await store.claim(key, "one");
    await store.prune(two!);
    await store.commit(key, "one", { position: one!, unsettled: [one!] });
    assertEquals((await store.consumers())[0]!.checkpoint, {
      position: two!,
      unsettled: [],
    });
    await store.commit(key, "one", {
      position: three!,
      unsettled: [one!, three!],
    });
    assertEquals((await store.consumers())[0]!.checkpoint, {
      position: three!,
      unsettled: [three!],
    });
  }],
  [
    "consumers() gives a list that later commits don't change",
    async (store) => {
      await store.claim(key, "one");
      await store.commit(key, "one", { position: 1, unsettled: [] });
      const before = await store.consumers();
      await store.commit(key, "one", { position: 2, unsettled: [1] });
      assertEquals(before[0]!.checkpoint, { position: 1, unsettled: [] });
    },
  ],
];
