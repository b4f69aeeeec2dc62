import {
  deepStrictEqual as assertEquals,
  rejects as assertRejects,
} from "node:assert/strict";
import { wholeLog } from "../../../adapters/log/port/consumer_key.ts";
import type { Fact } from "./fact.ts";
import { smallEvent } from "./small_event.ts";

const key = { name: "a" };
const begin = { position: 0, unsettled: [] };

/** How owners claim and release. */
export const ownerFacts: readonly Fact[] = [
  ["claim() makes a consumer known, at its beginning", async (store) => {
    assertEquals(await store.consumers(), []);
    const claim = await store.claim(key, "one");
    assertEquals(claim!.checkpoint, begin);
    assertEquals(claim!.isHeld(), true);
    assertEquals(await store.consumers(), [
      { name: "a", lane: wholeLog, checkpoint: begin, owner: "one" },
    ]);
  }],
  ["claim() is for one owner at a time", async (store, { again }) => {
    const other = await again();
    const claim = await store.claim(key, "one");
    assertEquals(await other.claim(key, "two"), null);
    assertEquals(await store.claim(key, "two"), null);
    assertEquals(claim!.isHeld(), true);
    assertEquals((await other.consumers())[0]!.owner, "one");
  }],
  [
    "claim() lets one of several at the same time win",
    async (store, setting) => {
      const stores = [store, await setting.again(), await setting.again()];
      const claims = await Promise.all(
        stores.map((each, index) => each.claim(key, `owner ${index}`)),
      );
      assertEquals(claims.filter((claim) => claim !== null).length, 1);
    },
  ],
  ["claim() confirms a claim of the same owner", async (store) => {
    await store.claim(key, "one");
    const checkpoint = { position: 5, unsettled: [3] };
    await store.commit(key, "one", checkpoint);
    const claim = await store.claim(key, "one");
    assertEquals(claim!.checkpoint, checkpoint);
    assertEquals(claim!.isHeld(), true);
  }],
  ["claim() keeps names and lanes apart", async (store) => {
    const keys = [
      { name: "a" },
      { name: "A" },
      { name: "" },
      { name: "__proto__" },
      { name: "a", lane: "x" },
      { name: "a", lane: "constructor" },
      { name: "a x" },
    ];
    for (const [index, each] of keys.entries()) {
      const owner = `owner ${index}`;
      assertEquals((await store.claim(each, owner))!.isHeld(), true);
      const checkpoint = { position: index, unsettled: [] };
      assertEquals(await store.commit(each, owner, checkpoint), true);
    }
    const states = await store.consumers();
    assertEquals(
      new Set(
        states.map(({ name, lane, owner }) => `${name}|${lane}|${owner}`),
      ),
      new Set(
        keys.map(({ name, lane = "" }, index) =>
          `${name}|${lane}|owner ${index}`
        ),
      ),
    );
    assertEquals(states.length, keys.length);
  }],
  ["release() lets another owner go on", async (store, { again }) => {
    const other = await again();
    const claim = await store.claim(key, "one");
    const checkpoint = { position: 9, unsettled: [2, 7] };
    await store.commit(key, "one", checkpoint);
    assertEquals(await store.release(key, "one"), true);
    assertEquals(claim!.isHeld(), false);
    assertEquals((await store.consumers())[0]!.owner, null);
    const next = await other.claim(key, "two");
    assertEquals(next!.checkpoint, checkpoint);
  }],
  ["release() gives up nothing of another owner", async (store) => {
    const claim = await store.claim(key, "one");
    assertEquals(await store.release(key, "two"), false);
    assertEquals(await store.release({ name: "b" }, "one"), false);
    assertEquals(claim!.isHeld(), true);
    assertEquals(await store.commit(key, "one", begin), true);
  }],
  ["release() of one key leaves the others", async (store) => {
    const lane = { name: "a", lane: "x" };
    await store.claim(key, "one");
    const claim = await store.claim(lane, "one");
    await store.release(key, "one");
    assertEquals(claim!.isHeld(), true);
    assertEquals(await store.claim(lane, "two"), null);
    assertEquals((await store.claim(key, "two"))!.isHeld(), true);
  }],
  ["close() releases what its owners had", async (store, { again }) => {
    const other = await again();
    const isShared = other !== store;
    await other.claim(key, "one");
    await other.close();
    if (!isShared) return;
    assertEquals((await store.claim(key, "two"))!.isHeld(), true);
  }],
  ["claim() refuses what is no key, and no owner", async (store) => {
    await assertRejects(
      () => store.claim({ name: 7 } as never, "one"),
      TypeError,
    );
    await assertRejects(() => store.claim(null as never, "one"), TypeError);
    await assertRejects(
      () => store.claim({ name: "a", lane: 7 } as never, "one"),
      TypeError,
    );
    await assertRejects(() => store.claim(key, ""), TypeError);
    await assertRejects(() => store.claim(key, 7 as never), TypeError);
    assertEquals(await store.consumers(), []);
  }],
  ["read() gives the events of a lane", async (store) => {
    await store.append([smallEvent(1)], { lane: "x" });
    await store.append([smallEvent(2)]);
    await store.append([smallEvent(3), smallEvent(4)], { lane: "x" });
    await store.append([smallEvent(5)], { lane: "y" });
    const ids = async (after: number, limit: number, lane?: string) =>
      (await store.read(after, limit, lane)).map(({ time }) =>
        time - 1_750_000_000_000
      );
    const [first] = await store.read(0, 1);
    assertEquals(await ids(0, Infinity, "x"), [1, 3, 4]);
    assertEquals(await ids(first!.position, 1, "x"), [3]);
    assertEquals(await ids(0, Infinity, "y"), [5]);
    assertEquals(await ids(0, Infinity, "z"), []);
    assertEquals(await ids(0, Infinity), [1, 2, 3, 4, 5]);
  }],
  [
    "append() keeps an event in the lane that it came with first",
    async (store) => {
      await store.append([smallEvent(1)], { lane: "x" });
      await store.append([smallEvent(1)], { lane: "y" });
      assertEquals((await store.read(0, 9, "x")).length, 1);
      assertEquals((await store.read(0, 9, "y")).length, 0);
    },
  ],
  ["append() refuses a lane that is none", async (store) => {
    for (const lane of ["", "x".repeat(65), "redelivery"]) {
      await assertRejects(
        () => store.append([smallEvent(1)], { lane }),
        RangeError,
      );
    }
    await assertRejects(
      () => store.append([smallEvent(1)], { lane: 7 as never }),
      TypeError,
    );
    assertEquals(await store.read(0), []);
  }],
  ["release() forgets a lane that is done", async (store) => {
    const lane = { name: "a", lane: "x" };
    await store.claim(lane, "one");
    const [first] = await store.append([smallEvent(1)], { lane: "x" });
    const { position } = first!;
    await store.commit(lane, "one", { position, unsettled: [] });
    await store.append([smallEvent(2)]);
    await store.release(lane, "one");
    assertEquals(await store.consumers(), []);
  }],
  ["release() keeps a lane that is not done", async (store) => {
    const lane = { name: "a", lane: "x" };
    await store.claim(lane, "one");
    const stored = await store.append([smallEvent(1), smallEvent(2)], {
      lane: "x",
    });
    const [one, two] = stored.map(({ position }) => position);
    await store.release(lane, "one");
    assertEquals((await store.consumers()).length, 1);
    await store.claim(lane, "two");
    await store.commit(lane, "two", { position: two!, unsettled: [one!] });
    await store.release(lane, "two");
    assertEquals(await store.consumers(), [{
      name: "a",
      lane: "x",
      checkpoint: { position: two!, unsettled: [one!] },
      owner: null,
    }]);
  }],
  ["release() keeps the whole log, which is never done", async (store) => {
    await store.claim(key, "one");
    await store.release(key, "one");
    assertEquals((await store.consumers()).length, 1);
  }],
];
