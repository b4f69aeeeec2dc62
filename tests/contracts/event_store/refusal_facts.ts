import {
  deepStrictEqual as assertEquals,
  ok as assert,
  rejects as assertRejects,
} from "node:assert/strict";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { Fact } from "./fact.ts";
import { assertRising, smallEvent } from "./small_event.ts";

const circle: Record<string, unknown> = {};
circle["circle"] = circle;

// What an event may not be, by the field that is to be named.
const wrongFields: readonly (
  readonly [field: string, what: string, value: unknown]
)[] = [
  ["id", "empty", ""],
  ["id", "a number", 7],
  ["id", "undefined", undefined],
  ["type", "empty", ""],
  ["type", "null", null],
  ["time", "NaN", NaN],
  ["time", "infinite", -Infinity],
  ["time", "a text", "1750000000000"],
  ["version", "0", 0],
  ["version", "half a number", 1.5],
  ["version", "past what is exact", 2 ** 53],
  ["version", "a big integer", 1n],
  ["data", "undefined", undefined],
  ["data", "null", null],
  ["data", "an array", [1]],
  ["data", "a text", "sesame"],
  ["data", "a date", new Date(0)],
  ["data", "with a big integer", { name: "sesame", count: 1n }],
  ["data", "circular", circle],
  ["user", "null", null],
  ["user", "a text", "sesame"],
  ["user", "with a big integer", { level: "all", attributes: { id: 1n } }],
];

/** What no store takes. */
export const refusalFacts: readonly Fact[] = [
  ...wrongFields.map(([field, what, value]): Fact => [
    `append() refuses an event whose ${field} is ${what}, and says so`,
    async (store) => {
      const bad = { ...smallEvent(2), [field]: value };
      await assertRejects(
        () => store.append([smallEvent(1), bad as NewEvent, smallEvent(3)]),
        (error: Error) => {
          assert(error instanceof TypeError, String(error));
          assert(error.message.includes(`events[1].${field} `), error.message);
          assert(!error.message.includes("sesame"), error.message);
          return true;
        },
      );
    },
  ]),
  ["append() refuses what is no event at all", async (store) => {
    for (const bad of [null, undefined, 7, "sesame"]) {
      await assertRejects(
        () => store.append([bad as unknown as NewEvent]),
        TypeError,
      );
    }
  }],
  ["append() refuses what is no list of events", async (store) => {
    for (const odd of [smallEvent(1), undefined, "sesame", new Map()]) {
      await assertRejects(
        async () => await store.append(odd as never),
        (error: Error) => {
          assert(error instanceof TypeError, String(error));
          assert(
            /a list of events is needed/.test(error.message),
            error.message,
          );
          return true;
        },
      );
    }
  }],
  ["redeliver() refuses what is no list of ids", async (store) => {
    for (const odd of ["some-id", 7, { id: "some-id" }, [7]]) {
      await assertRejects(
        async () => await store.redeliver("a", odd as never),
        /ids should be a list of texts, the current value is/,
      );
    }
  }],
  ["erase() refuses what is no user", async (store) => {
    for (const odd of [undefined, null, "ada"]) {
      await assertRejects(
        async () => await store.erase(odd as never),
        /Cannot erase a user: the current attribute is no text/,
      );
    }
  }],
  ["append() takes nothing of a batch that it refuses", async (store) => {
    const [one] = await store.append([smallEvent(1)]);
    for (const [field, , value] of wrongFields) {
      const bad = { ...smallEvent(3), [field]: value };
      await assertRejects(
        () => store.append([smallEvent(2), bad as NewEvent, smallEvent(4)]),
        TypeError,
      );
    }
    assertEquals(await store.read(0), [one]);
  }],
  ["append() goes on where it was after it refused", async (store) => {
    const [one, two] = await store.append([smallEvent(1), smallEvent(2)]);
    await assertRejects(() => store.append([{ ...smallEvent(3), time: NaN }]));
    assertEquals(await store.positions(), {
      first: one!.position,
      last: two!.position,
    });
    const [three] = await store.append([smallEvent(3)]);
    assertRising([two!.position, three!.position]);
    assertEquals(await store.read(0), [one, two, three]);
  }],
  ["append() takes any finite time, and a user that is none", async (store) => {
    const times = [-1.5, 0, 1e300, Number.MAX_VALUE];
    const given = times.map((time, index) => ({ ...smallEvent(index), time }));
    await store.append(given);
    await store.append([
      { ...smallEvent(9), user: undefined } as unknown as NewEvent,
    ]);
    const read = await store.read(0);
    assertEquals(read.map(({ time }) => time), [...times, smallEvent(9).time]);
    assertEquals(read[4]!.user, undefined);
  }],
  ["positions that are NaN or negative are refused", async (store) => {
    const recorded = await store.append([smallEvent(1), smallEvent(2)]);
    for (const wrong of [NaN, -1, -Infinity]) {
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.read(wrong),
        () => store.read(0, wrong),
        () => store.prune(wrong),
      ];
      for (const call of calls) await assertRejects(call, RangeError);
    }
    assertEquals(await store.read(0), recorded);
  }],
  ["positions that are no numbers are refused", async (store) => {
    for (const wrong of ["1", null, 1n] as unknown as readonly number[]) {
      await assertRejects(() => store.read(wrong), TypeError);
      await assertRejects(() => store.read(0, wrong), TypeError);
      await assertRejects(() => store.prune(wrong), TypeError);
    }
  }],
];
