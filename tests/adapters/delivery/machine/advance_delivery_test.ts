import { assert, assertEquals } from "@std/assert";
import {
  callbackSettings,
  type DeliverySettings,
} from "../../../../adapters/delivery/machine/delivery_settings.ts";
import { pausedBecause } from "../../../../adapters/delivery/machine/delivery_state.ts";
import { failed, simulate, taken } from "./simulation.ts";

const hour = 3_600_000;
const sinkLike: DeliverySettings = {
  ...callbackSettings,
  slots: 1,
  batchSize: 100,
};
const upTo = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => from + index);

Deno.test("advanceDelivery() hands over 16 items side by side, in order", () => {
  const world = simulate(callbackSettings, () => null);
  world.give({ type: "add", items: upTo(20) });
  assertEquals(world.calls.map(({ items }) => items[0]), upTo(16));
  world.answer(1, taken);
  assertEquals(world.calls.at(-1)!.items, [16]);
});

Deno.test("advanceDelivery() lets nobody wait for a slow call", () => {
  const world = simulate(
    callbackSettings,
    () => ({ after: 20, answer: taken }),
  );
  world.give({ type: "add", items: upTo(1_000) });
  world.pass(1_000 / 16 * 20 + 100);
  assertEquals(world.fates.size, 1_000);
});

Deno.test("advanceDelivery() tries a refused item ten times while others succeed, and parks it", () => {
  const world = simulate(callbackSettings, ([item]) => ({
    after: 1,
    answer: item === 3 ? failed("retry") : taken,
  }));
  world.give({ type: "add", items: upTo(10) });
  for (let count = 0; count < 6_000; count++) {
    world.give({ type: "add", items: [1_000 + count] });
    world.pass(100);
  }
  assertEquals(world.calls.filter(({ items }) => items[0] === 3).length, 10);
  assertEquals(world.fates.get(3), "park");
  assertEquals(world.parked.map(({ attempts, reason }) => [attempts, reason]), [
    [10, "attempts"],
  ]);
  const others = world.calls.filter(({ items }) =>
    items[0]! < 10 && items[0] !== 3
  );
  assert(others.every(({ time }) => time < 10));
});

Deno.test("advanceDelivery() parks nothing in an outage of hours, and calls seldom", () => {
  let isUp = false;
  const world = simulate(callbackSettings, () => ({
    after: 5,
    answer: isUp ? taken : failed("retry"),
  }));
  world.give({ type: "add", items: upTo(100) });
  world.pass(5 * hour);
  assertEquals(world.fates.size, 0);
  assertEquals(pausedBecause(world.state()), "outage");
  assert(world.calls.length < 5 * 3600 / 14, `${world.calls.length} calls`);
  const late = world.calls.filter(({ time }) => time > 60_000);
  assertEquals(new Set(late.map(({ time }) => time)).size, late.length);
  isUp = true;
  world.pass(31_000);
  assertEquals([...world.fates.values()], upTo(100).map(() => "delivered"));
});

Deno.test("advanceDelivery() parks nothing in an outage that follows a failure of one item", () => {
  let isUp = true;
  let isFirst = true;
  const world = simulate(callbackSettings, ([item]) => {
    const isBad = item === 0 && isFirst || !isUp;
    if (item === 0) isFirst = false;
    return { after: 1, answer: isBad ? failed("retry") : taken };
  });
  world.give({ type: "add", items: upTo(10) });
  world.pass(10);
  isUp = false;
  world.give({ type: "add", items: upTo(10, 10) });
  world.pass(10 * hour);
  assertEquals(world.parked, []);
  isUp = true;
  world.pass(31_000);
  assertEquals(world.fates.get(0), "delivered");
});

Deno.test("advanceDelivery() parks a refused item after ten attempts though nothing else comes", () => {
  const world = simulate(callbackSettings, ([item]) => ({
    after: 1,
    answer: item === 1 ? failed("retry") : taken,
  }));
  world.give({ type: "add", items: [0, 1, 2] });
  world.pass(600_000);
  assertEquals(world.calls.filter(({ items }) => items[0] === 1).length, 10);
  assertEquals(world.fates.get(1), "park");
});

Deno.test("advanceDelivery() counts every attempt after 24 hours", () => {
  const world = simulate(callbackSettings, () => ({
    after: 1,
    answer: failed("retry"),
  }));
  world.give({ type: "add", items: [1] });
  world.pass(23 * hour);
  assertEquals(world.parked, []);
  world.pass(2 * hour);
  assertEquals(world.parked.length, 1);
});

Deno.test("advanceDelivery() does not let new items wait for one that always fails", () => {
  const world = simulate(callbackSettings, ([item]) => ({
    after: 1,
    answer: item === 0 ? failed("retry") : taken,
  }));
  world.give({ type: "add", items: [0] });
  world.pass(hour);
  assertEquals(pausedBecause(world.state()), null);
  const { length } = world.calls;
  world.give({ type: "add", items: [1] });
  assertEquals(world.calls.length, length + 1);
});

Deno.test("advanceDelivery() frees the slot of a call that hangs, without a timer", () => {
  const world = simulate(
    callbackSettings,
    ([item]) => item! < 16 ? null : { after: 1, answer: taken },
  );
  world.give({ type: "add", items: upTo(20) });
  assertEquals(world.calls.length, 16);
  world.pass(30_000 + 500);
  assertEquals(world.fates.get(19), "delivered");
  world.answer(1, taken);
  assertEquals(world.fates.has(0), false);
});

Deno.test("advanceDelivery() pauses with full jitter, doubling up to 30 s", () => {
  const world = simulate(
    callbackSettings,
    () => ({ after: 0, answer: failed("retry") }),
    () => 0.999999,
  );
  world.give({ type: "add", items: [0] });
  world.pass(200_000);
  const times = world.calls.map(({ time }) => time);
  const pauses = times.slice(1).map((time, index) =>
    Math.round((time - times[index]!) / 100) / 10
  );
  assertEquals(pauses.slice(0, 9), [0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
});

Deno.test("advanceDelivery() waits as long as an error asks", () => {
  const world = simulate(callbackSettings, (_, now) => ({
    after: 0,
    answer: now < 50_000 ? failed("retry", 50_000) : taken,
  }));
  world.give({ type: "add", items: [0] });
  world.pass(49_999);
  assertEquals(world.calls.length, 1);
  world.pass(2);
  assertEquals(world.fates.get(0), "delivered");
});

Deno.test("advanceDelivery() never counts an attempt at a busy destination", () => {
  const world = simulate(sinkLike, (_, now) => ({
    after: 10,
    answer: now < 48 * hour ? failed("busy", 60_000) : taken,
  }));
  world.give({ type: "add", items: upTo(1_000) });
  world.pass(48 * hour);
  assertEquals(world.parked, []);
  world.pass(70_000);
  assertEquals(world.fates.size, 1_000);
});

Deno.test("advanceDelivery() finds a bad item with 14 more requests, and parks it alone", () => {
  const world = simulate(sinkLike, (items) => ({
    after: 0,
    answer: items.includes(37) ? failed("split") : taken,
  }));
  world.give({ type: "add", items: upTo(100) });
  world.pass(0);
  assertEquals(world.fates.size, 100);
  assertEquals(world.parked.map(({ items }) => items), [[37]]);
  assert(world.calls.length <= 15, `${world.calls.length} requests`);
});

Deno.test("advanceDelivery() pauses after five single refusals in a row", () => {
  const world = simulate(
    sinkLike,
    () => ({ after: 0, answer: failed("split") }),
  );
  world.give({ type: "add", items: upTo(100) });
  world.pass(hour);
  assertEquals(pausedBecause(world.state()), "refusals");
  assertEquals(world.parked.length, 4);
  const { length } = world.calls;
  world.pass(hour);
  assertEquals(world.calls.length, length);
  world.give({ type: "resume" });
  assert(world.calls.length > length);
});

Deno.test("advanceDelivery() believes a destination that names what it refuses", () => {
  const world = simulate(sinkLike, (items) => ({
    after: 0,
    answer: items.includes(2)
      ? {
        type: "partly",
        refused: [{ item: 2, message: "no name" }],
        again: items.includes(5) ? [5] : [],
      }
      : taken,
  }));
  world.give({ type: "add", items: upTo(10) });
  world.pass(0);
  assertEquals(world.fates.get(2), "park");
  assertEquals(world.fates.get(5), undefined);
  assertEquals(world.calls.length, 1);
  world.pass(1_000);
  assertEquals(world.fates.get(5), "delivered");
});

Deno.test("advanceDelivery() stops asking where a destination wants to be left alone", () => {
  let isUp = false;
  const world = simulate(callbackSettings, () => ({
    after: 0,
    answer: isUp ? taken : failed("pause"),
  }));
  world.give({ type: "add", items: [0, 1] });
  world.pass(hour);
  assertEquals(pausedBecause(world.state()), "destination");
  const { length } = world.calls;
  isUp = true;
  world.pass(hour);
  assertEquals(world.calls.length, length);
  world.give({ type: "resume" });
  world.pass(0);
  assertEquals(world.fates.size, 2);
});

Deno.test("advanceDelivery() tries what waits at once when it is hurried, but for a rest that was asked for", () => {
  const world = simulate(
    callbackSettings,
    () => ({ after: 0, answer: failed("retry") }),
  );
  world.give({ type: "add", items: [0] });
  world.pass(0);
  assertEquals(world.calls.length, 1);
  world.give({ type: "hurry" });
  assertEquals(world.calls.length, 2);

  const asked = simulate(
    sinkLike,
    () => ({ after: 0, answer: failed("busy", 60_000) }),
  );
  asked.give({ type: "add", items: [0] });
  asked.pass(0);
  asked.give({ type: "hurry" });
  assertEquals(asked.calls.length, 1);
});

Deno.test("advanceDelivery() keeps the order where it is told to", () => {
  let failures = 3;
  const world = simulate(
    {
      ...callbackSettings,
      slots: 1,
      inOrder: true,
      batchSize: 3,
      maxAttempts: Infinity,
    },
    (items) => ({
      after: 1,
      answer: items.includes(4) && failures-- > 0 ? failed("retry") : taken,
    }),
  );
  world.give({ type: "add", items: upTo(9) });
  world.pass(60_000);
  assertEquals(
    world.calls.map(({ items }) => items[0]),
    [0, 3, 3, 3, 3, 6],
  );
});

Deno.test("advanceDelivery() gathers items for a call that is not full", () => {
  const world = simulate(
    { ...sinkLike, gather: 1_000 },
    () => ({ after: 1, answer: taken }),
  );
  for (let index = 0; index < 5; index++) {
    world.give({ type: "add", items: [index] });
    world.pass(100);
  }
  assertEquals(world.calls, []);
  world.pass(600);
  assertEquals(world.calls.map(({ items }) => items), [upTo(5)]);
  world.give({ type: "add", items: upTo(100, 10) });
  assertEquals(world.calls.length, 2);
  world.pass(10);
  world.give({ type: "add", items: [200] });
  world.give({ type: "hurry" });
  assertEquals(world.calls.at(-1)!.items, [200]);
});

Deno.test("advanceDelivery() leaves time between two calls", () => {
  const world = simulate(
    { ...sinkLike, interval: 1_000, batchSize: 10 },
    () => ({ after: 1, answer: taken }),
  );
  world.give({ type: "add", items: upTo(30) });
  world.pass(5_000);
  assertEquals(world.calls.map(({ time }) => time), [0, 1_000, 2_000]);
});

Deno.test("advanceDelivery() drops the oldest that are in no call", () => {
  const world = simulate(callbackSettings, () => null);
  world.give({ type: "add", items: upTo(20) });
  world.give({ type: "drop", count: 3 });
  assertEquals(
    [...world.fates],
    [[16, "dropped"], [17, "dropped"], [18, "dropped"]],
  );
});

Deno.test("advanceDelivery() gives up what belongs to another owner, and goes on with the rest", () => {
  const world = simulate(sinkLike, () => null);
  world.give({ type: "add", items: upTo(4) });
  world.give({ type: "forget", isGone: (item) => item % 2 === 0 });
  assertEquals([...world.fates.keys()].sort(), [0, 2]);
  assertEquals(world.calls.map(({ items }) => items), [[0, 1, 2, 3], [1, 3]]);
});

Deno.test("advanceDelivery() takes a call back that was not made, before all that come after it", () => {
  for (const inOrder of [false, true]) {
    const settings = { ...callbackSettings, slots: inOrder ? 1 : 2, inOrder };
    const world = simulate(settings, () => null);
    world.give({ type: "add", items: [0, 1, 2] });
    const made = world.calls.length;
    for (const { call } of world.calls) world.give({ type: "withdraw", call });
    // Nothing is handed over in its place.
    assertEquals([world.calls.length, world.state().open.size], [made, 0]);
    for (let count = 0; count < 3; count++) {
      world.give({ type: "time" });
      for (const call of world.state().open.keys()) world.answer(call, taken);
    }
    const again = world.calls.slice(made);
    assertEquals(again.map(({ items }) => items), [[0], [1], [2]]);
    assertEquals(again.map(({ attempt }) => attempt), [1, 1, 1]);
  }
});
