import {
  deepStrictEqual as assertEquals,
  ok as assert,
  rejects as assertRejects,
} from "node:assert/strict";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { Fact } from "./fact.ts";
import { exposure, smallEvent } from "./small_event.ts";

const ada = { attribute: "id", value: "ada" };
const once = { exposureAge: 86_400_000 };

/** What `erase` has to do. */
export const eraseFacts: readonly Fact[] = [
  [
    "erase() tells of the user when it begins and when it is done",
    async (store) => {
      if (store.erasures === undefined) return;
      await store.append([exposure(1, { hashValue: "ada" })]);
      const seen: unknown[] = [];
      const subscription = store.erasures.subscribe((user) => seen.push(user));
      const erasing = store.erase(ada);
      assertEquals(seen, [ada]);
      await erasing;
      assertEquals(seen, [ada, ada]);
      await assertRejects(
        async () => await store.erase({ attribute: "", value: "ada" }),
        TypeError,
      );
      subscription.unsubscribe();
      assertEquals(seen, [ada, ada]);
    },
  ],
  ["erase() leaves an erased event at the position", async (store) => {
    const user = { level: "all", attributes: { id: "ada", age: 36 } } as const;
    const [, two] = await store.append([
      smallEvent(1),
      { ...smallEvent(2), user },
      smallEvent(3),
    ]);
    assertEquals(await store.erase(ada), 1);
    const events = await store.read(0);
    assertEquals(events.map(({ type }) => type), [
      "custom",
      "erased",
      "custom",
    ]);
    assertEquals(events[1], {
      id: smallEvent(2).id,
      time: smallEvent(2).time,
      type: "erased",
      version: 1,
      data: {},
      position: two!.position,
    });
    assert(!JSON.stringify(events).includes("ada"));
  }],
  ["erase() finds whatever is about the user", async (store) => {
    const about: readonly NewEvent[] = [
      exposure(1, { hashValue: "ada" }),
      {
        ...smallEvent(2),
        type: "sticky-bucket.assigned",
        data: { attributeName: "id", attributeValue: "ada", assignments: {} },
      },
      {
        ...smallEvent(3),
        type: "attributes.changed",
        data: { attributes: { id: "ada" } },
      },
      {
        ...smallEvent(4),
        user: { level: "identity", attributes: { id: "ada" } },
      },
    ];
    const others: readonly NewEvent[] = [
      exposure(5, { hashAttribute: "device", hashValue: "ada" }),
      exposure(6, { hashValue: "adam" }),
      { ...smallEvent(7), data: { name: "ada", properties: { id: "ada" } } },
      {
        ...smallEvent(8),
        user: { level: "identity", attributes: { ID: "ada" } },
      },
    ];
    await store.append([...about, ...others]);
    assertEquals(await store.erase(ada), about.length);
    const types = (await store.read(0)).map(({ type }) => type);
    assertEquals(types, [
      ...about.map(() => "erased"),
      ...others.map(({ type }) => type),
    ]);
    assertEquals(await store.erase(ada), 0);
  }],
  ["erase() knows a number and its text as one user", async (store) => {
    await store.append([
      exposure(1, { hashValue: 7 }),
      exposure(2, { hashValue: "7" }),
    ]);
    assertEquals(await store.erase({ attribute: "id", value: 7 }), 2);
  }],
  ["erase() removes the marks of the user's exposures", async (store) => {
    const long = "ada".repeat(1_000);
    await store.append([
      exposure(1, { hashValue: "ada" }),
      exposure(2, { hashValue: long }),
      exposure(3, { hashValue: "bob" }),
    ], once);
    await store.prune(2);
    await store.erase(ada);
    await store.erase({ attribute: "id", value: long });
    const stored = await store.append([
      exposure(11, { hashValue: "ada" }),
      exposure(12, { hashValue: long }),
      exposure(13, { hashValue: "bob" }),
    ], once);
    assertEquals(stored.map(({ isRepeated }) => isRepeated === true), [
      false,
      false,
      true,
    ]);
  }],
  ["erase() does not make room for the id again", async (store) => {
    await store.append([exposure(1, { hashValue: "ada" })]);
    await store.erase(ada);
    const [again] = await store.append([exposure(1, { hashValue: "ada" })]);
    assertEquals(again!.type, "erased");
    assertEquals((await store.read(0)).length, 1);
  }],
  ["erase() leaves checkpoints where they are", async (store) => {
    const key = { name: "a" };
    await store.append([exposure(1, { hashValue: "ada" }), smallEvent(2)]);
    await store.claim(key, "one");
    const checkpoint = { position: 2, unsettled: [1] };
    await store.commit(key, "one", checkpoint);
    await store.erase(ada);
    assertEquals((await store.consumers())[0]!.checkpoint, checkpoint);
  }],
  ["erase() refuses what is no user", async (store) => {
    const wrong = [
      { attribute: "", value: "ada" },
      { attribute: 7, value: "ada" },
      { attribute: "id", value: null },
      { attribute: "id", value: {} },
      { attribute: "id" },
    ];
    for (const each of wrong) {
      await assertRejects(() => store.erase(each as never), TypeError);
    }
  }],
];
