import {
  deepStrictEqual as assertEquals,
  ok as assert,
} from "node:assert/strict";
import {
  parkedBounds,
  type ParkedEvent,
  type ParkingEvent,
} from "../../../adapters/log/port/parked_event.ts";
import type { Fact } from "./fact.ts";
import { smallEvent } from "./small_event.ts";

const key = { name: "a" };
const lane = { name: "a", lane: "x" };

/** What becomes of parked events. */
export const parkedFacts: readonly Fact[] = [
  [
    "park() keeps events, whole, in a list of the name",
    async (store, setting) => {
      const time = setting.clock.time;
      await store.claim(key, "one");
      await store.claim(lane, "two");
      assertEquals(
        await store.park(key, "one", [parking(1), parking(2)]),
        true,
      );
      assertEquals(await store.park(lane, "two", [parking(3)]), true);
      assertEquals(await store.parked("a"), [
        { ...parking(1), time, isDue: false },
        { ...parking(2), time, isDue: false },
        { ...parking(3), time, isDue: false },
      ]);
      assertEquals(await store.parked("b"), []);
    },
  ],
  ["park() is for the owner alone", async (store) => {
    assertEquals(await store.park(key, "one", [parking(1)]), false);
    await store.claim(key, "one");
    assertEquals(await store.park(key, "two", [parking(1)]), false);
    assertEquals(await store.parked("a"), []);
  }],
  ["park() keeps an event once", async (store) => {
    await store.claim(key, "one");
    await store.park(key, "one", [parking(1), parking(2)]);
    await store.redeliver("a");
    await store.park(key, "one", [{ ...parking(1), attempts: 20 }]);
    assertEquals(
      (await store.parked("a")).map(({ event, attempts, isDue }) => [
        event.id,
        attempts,
        isDue,
      ]),
      [[smallEvent(2).id, 10, true], [smallEvent(1).id, 20, false]],
    );
  }],
  ["park() keeps an event that left the log", async (store) => {
    const [event] = await store.append([smallEvent(1)]);
    await store.claim(key, "one");
    await store.park(key, "one", [{ ...parking(1), event: event! }]);
    await store.prune(event!.position);
    assertEquals((await store.parked("a")).map(eventOf), [event]);
  }],
  ["park() keeps a bounded number", async (store) => {
    await store.claim(key, "one");
    const count = parkedBounds.events + 50;
    const events = Array.from({ length: count }, (_, at) => parking(at + 1));
    await store.park(key, "one", events.slice(0, 100));
    await store.park(key, "one", events.slice(100));
    const kept = await store.parked("a");
    assertEquals(kept.length, parkedBounds.events);
    assertEquals(kept.at(-1)!.event.id, smallEvent(count).id);
  }],
  ["park() keeps a bounded number of characters", async (store) => {
    await store.claim(key, "one");
    const text = "x".repeat(parkedBounds.characters / 4);
    for (let index = 1; index <= 6; index++) {
      const { event } = parking(index);
      const large = { ...event, data: { text } };
      await store.park(key, "one", [{ ...parking(index), event: large }]);
    }
    const kept = (await store.parked("a")).map(({ event }) => event.id);
    assertEquals(kept, [4, 5, 6].map((index) => smallEvent(index).id));
  }],
  ["parked() forgets what is too old", async (store, setting) => {
    await store.claim(key, "one");
    await store.park(key, "one", [parking(1)]);
    setting.clock.time += parkedBounds.age / 2;
    await store.park(key, "one", [parking(2)]);
    setting.clock.time += parkedBounds.age / 2 + 1;
    assertEquals((await store.parked("a")).map(eventOf), [parking(2).event]);
  }],
  ["redeliver() marks events as due, and wakes", async (store) => {
    await store.claim(key, "one");
    await store.park(key, "one", [parking(1), parking(2), parking(3)]);
    let wake: () => void = () => {};
    const woken = new Promise<void>((resolve) => wake = resolve);
    const subscription = store.wakeups.subscribe(() => wake());
    const ids = [smallEvent(2).id, "unknown"];
    assertEquals(await store.redeliver("a", ids), 1);
    assertEquals(await store.redeliver("a", ids), 0);
    await woken;
    subscription.unsubscribe();
    assertEquals((await store.parked("a")).map(isDue), [false, true, false]);
    assertEquals(await store.redeliver("a"), 2);
    assertEquals((await store.parked("a")).map(isDue), [true, true, true]);
    assertEquals(await store.redeliver("b"), 0);
  }],
  ["unpark() removes events, for the owner alone", async (store) => {
    await store.claim(key, "one");
    await store.park(key, "one", [parking(1), parking(2)]);
    const ids = [smallEvent(1).id, "unknown"];
    assertEquals(await store.unpark(key, "two", ids), false);
    assertEquals((await store.parked("a")).length, 2);
    assertEquals(await store.unpark(key, "one", ids), true);
    assertEquals((await store.parked("a")).map(eventOf), [parking(2).event]);
  }],
  ["erase() removes parked events of the user", async (store) => {
    await store.claim(key, "one");
    const { event } = parking(1);
    const user = { level: "all", attributes: { id: "7" } } as const;
    const mine = { ...parking(1), event: { ...event, user } };
    await store.park(key, "one", [mine, parking(2)]);
    await store.erase({ attribute: "id", value: "7" });
    assertEquals((await store.parked("a")).map(eventOf), [parking(2).event]);
  }],
  ["parked() gives nothing of another name", async (store) => {
    await store.claim({ name: "__proto__" }, "one");
    await store.park({ name: "__proto__" }, "one", [parking(1)]);
    assertEquals((await store.parked("__proto__")).length, 1);
    assertEquals(await store.parked("constructor"), []);
    assert(Array.isArray(await store.parked("")));
  }],
];

function parking(index: number): ParkingEvent {
  return {
    event: { ...smallEvent(index), position: index },
    reason: "attempts",
    attempts: 10,
    message: "503 Service Unavailable",
  };
}

const eventOf = ({ event }: ParkedEvent) => event;
const isDue = ({ isDue }: ParkedEvent) => isDue;
