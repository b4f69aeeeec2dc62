import { deepStrictEqual as assertEquals } from "node:assert/strict";
import type { EventStore } from "../../../adapters/log/port/event_store.ts";
import { assertRising, exposure, smallEvent } from "./small_event.ts";

/** What a store leaves behind: in words, what makes it so, and what checks it once it is open again. */
export type ReopenFact = readonly [
  fact: string,
  prepare: (store: EventStore) => Promise<void>,
  check: (store: EventStore) => Promise<void>,
];

/** What a closed store leaves behind: a fact, what makes it so, and what checks it. */
export const reopenFacts: readonly ReopenFact[] = [
  [
    "keeps its events when it is opened again",
    async (store) => {
      await store.append([smallEvent(1), smallEvent(2)]);
      await store.prune(1);
    },
    async (store) => {
      assertEquals(await store.read(0), [{ ...smallEvent(2), position: 2 }]);
      assertEquals(await store.positions(), { first: 2, last: 2 });
    },
  ],
  [
    "goes on with its positions when it is opened again",
    async (store) => {
      await store.append([smallEvent(1), smallEvent(2)]);
      await store.prune(2);
    },
    async (store) => {
      assertEquals(await store.positions(), { first: 3, last: 2 });
      assertRising([2, (await store.append([smallEvent(3)]))[0]!.position]);
    },
  ],
  [
    "knows its ids when it is opened again",
    async (store) => {
      await store.append([smallEvent(1), smallEvent(2)]);
      await store.prune(1);
    },
    async (store) => {
      await store.append([smallEvent(2), smallEvent(1), smallEvent(3)]);
      assertEquals((await store.read(0)).map(({ id }) => id), [
        smallEvent(2).id,
        smallEvent(3).id,
      ]);
    },
  ],
  [
    "keeps checkpoints, but no owner, when it is opened again",
    async (store) => {
      const [a, b] = [{ name: "a" }, { name: "b", lane: "x" }];
      await store.append([smallEvent(1)], { lane: "x" });
      await store.claim(a, "one");
      await store.claim(b, "one");
      await store.commit(a, "one", { position: 4, unsettled: [2, 3] });
    },
    async (store) => {
      const states = [...await store.consumers()];
      states.sort((one, other) => one.name < other.name ? -1 : 1);
      assertEquals(states, [
        {
          name: "a",
          lane: "",
          checkpoint: { position: 4, unsettled: [2, 3] },
          owner: null,
        },
        {
          name: "b",
          lane: "x",
          checkpoint: { position: 0, unsettled: [] },
          owner: null,
        },
      ]);
      assertEquals((await store.read(0, 9, "x")).length, 1);
    },
  ],
  [
    "keeps marks when it is opened again",
    async (store) => {
      await store.append([exposure(1)], { exposureAge: 1000 });
    },
    async (store) => {
      const [again] = await store.append([exposure(2)], { exposureAge: 1000 });
      assertEquals(again!.isRepeated, true);
    },
  ],
  [
    "keeps parked events when it is opened again",
    async (store) => {
      await store.claim({ name: "a" }, "one");
      await store.park({ name: "a" }, "one", [{
        event: { ...smallEvent(1), position: 1 },
        reason: "refused",
        attempts: 1,
        message: "400",
      }]);
      await store.redeliver("a");
    },
    async (store) => {
      const parked = await store.parked("a");
      assertEquals(parked.map(({ event, isDue }) => [event.id, isDue]), [
        [smallEvent(1).id, true],
      ]);
    },
  ],
];
