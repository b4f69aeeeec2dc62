import { assert, assertEquals, assertThrows } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { deliver } from "../../../adapters/delivery/deliver.ts";
import { listParked } from "../../../adapters/delivery/list_parked.ts";
import { sink, type SinkOptions } from "../../../adapters/delivery/sink.ts";
import { sinkFailure } from "../../../adapters/delivery/sink_failure.ts";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import type { EventStore } from "../../../adapters/log/port/event_store.ts";
import { systemClock } from "../../../adapters/support/time/clock.ts";
import { makeEvent } from "../../support/events/make_event.ts";
import { passTime } from "../../support/pass_time.ts";

const quiet = { onError: () => {}, random: () => 0.5 };

async function storeOf(count: number): Promise<EventStore> {
  const store = memoryStore();
  await store.append(
    Array.from({ length: count }, (_, index) => makeEvent(index + 1)),
  );
  return store;
}

function sinkOf(send: SinkOptions["send"], more: Partial<SinkOptions> = {}) {
  return sink({ name: "s", send, ...more });
}

Deno.test("sink() throws for what is no sink", () => {
  assertThrows(() => sink({ name: "", send: () => {} }), TypeError);
  assertThrows(() => sink({ name: "s" } as never), TypeError);
});

Deno.test("deliver() sends batches as large as the sink takes them", async () => {
  using time = new FakeTime();
  const store = await storeOf(250);
  const sizes: number[] = [];
  const delivery = deliver(
    store,
    sinkOf((events) => void sizes.push(events.length), {
      limits: { events: 60 },
    }),
    quiet,
  );
  await passTime(time, 3_000);
  assertEquals(sizes, [60, 60, 60, 60, 10]);
  await delivery.stop();
});

Deno.test("deliver() sends no more characters at once than the sink takes", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  await store.append([1, 2, 3, 4].map((index) => ({
    ...makeEvent(index),
    data: { name: "x", properties: { text: "y".repeat(1_000) } },
  })));
  const sizes: number[] = [];
  const delivery = deliver(
    store,
    sinkOf((events) => void sizes.push(events.length), {
      limits: { characters: 2_700 },
    }),
    quiet,
  );
  await passTime(time, 3_000);
  assertEquals(sizes, [2, 2]);
  await delivery.stop();
});

Deno.test("deliver() waits as long as a service asks, and parks nothing in an outage", async () => {
  using time = new FakeTime();
  const store = await storeOf(500);
  const times: number[] = [];
  let isUp = false;
  const delivery = deliver(
    store,
    sinkOf(() => {
      times.push(Date.now());
      if (!isUp) throw sinkFailure({ status: 503, retryAfter: 600_000 });
    }),
    quiet,
  );
  await passTime(time, 7_200_000);
  assert(times.length <= 13, `${times.length} requests`);
  assertEquals(await listParked(store, "s"), []);
  isUp = true;
  await passTime(time, 610_000);
  assertEquals(delivery.counts().delivered, 500);
  await delivery.stop();
});

Deno.test("deliver() takes an error without a word for no answer", async () => {
  using time = new FakeTime();
  const store = await storeOf(3);
  let calls = 0;
  const delivery = deliver(
    store,
    sinkOf(() => {
      calls++;
      throw new TypeError("fetch failed");
    }),
    quiet,
  );
  await passTime(time, 7_200_000);
  assert(calls > 50);
  assertEquals(delivery.counts(), {
    delivered: 0,
    parked: 0,
    dropped: 0,
    skipped: 0,
  });
  assertEquals(delivery.pausedBecause(), "outage");
  assertEquals(delivery.lastError(), "fetch failed");
  await delivery.stop();
});

Deno.test("deliver() halves a batch that is refused, and parks the event to blame", async () => {
  using time = new FakeTime();
  const store = await storeOf(100);
  let calls = 0;
  const delivery = deliver(
    store,
    sinkOf((events) => {
      calls++;
      if (events.some(({ position }) => position === 42)) {
        throw sinkFailure({ status: 400, message: "bad event" });
      }
    }),
    quiet,
  );
  await passTime(time, 2_000);
  assertEquals(delivery.counts().delivered, 99);
  assertEquals((await listParked(store, "s")).map(({ message }) => message), [
    "400: bad event",
  ]);
  assert(calls <= 15, `${calls} requests`);
  await delivery.stop();
});

Deno.test("deliver() believes a service that names the bad events", async () => {
  using time = new FakeTime();
  const store = await storeOf(100);
  let calls = 0;
  const delivery = deliver(
    store,
    sinkOf((events) => {
      calls++;
      const bad = events.find(({ position }) => position === 42);
      return bad === undefined ? {} : {
        refused: [{ id: bad.id, message: "no name" }],
      };
    }),
    quiet,
  );
  await passTime(time, 2_000);
  assertEquals([calls, delivery.counts().delivered], [1, 99]);
  assertEquals(
    (await listParked(store, "s")).map(({ event }) => event.position),
    [42],
  );
  await delivery.stop();
});

for (const status of [401, 403]) {
  Deno.test(`deliver() pauses at ${status}, and says so`, async () => {
    using time = new FakeTime();
    const store = await storeOf(10);
    let calls = 0;
    const delivery = deliver(
      store,
      sinkOf(() => {
        if (++calls === 1) throw sinkFailure({ status });
      }),
      quiet,
    );
    await passTime(time, 3_600_000);
    assertEquals([calls, delivery.pausedBecause()], [1, "destination"]);
    delivery.resume();
    await passTime(time, 2_000);
    assertEquals(delivery.counts().delivered, 10);
    await delivery.stop();
  });
}

Deno.test("deliver() sends smaller batches after 413", async () => {
  using time = new FakeTime();
  const store = await storeOf(200);
  const sizes: number[] = [];
  const delivery = deliver(
    store,
    sinkOf((events) => {
      sizes.push(events.length);
      if (events.length > 60) throw sinkFailure({ status: 413 });
    }),
    quiet,
  );
  await passTime(time, 5_000);
  assertEquals(sizes, [100, 50, 50, 50, 50]);
  await delivery.stop();
});

Deno.test("deliver() sends large batches again after an event that was too large", async () => {
  using time = new FakeTime();
  const store = await storeOf(4_000);
  const sizes: number[] = [];
  const delivery = deliver(
    store,
    sinkOf((events) => {
      sizes.push(events.length);
      if (events.some(({ id }) => id === makeEvent(50).id)) {
        throw sinkFailure({ status: 413 });
      }
    }),
    quiet,
  );
  await passTime(time, 5_000);
  assertEquals(delivery.counts().delivered, 3_999);
  assertEquals(delivery.counts().parked, 1);
  assertEquals(sizes.slice(0, 2), [100, 50]);
  assert(sizes.includes(1));
  assertEquals(Math.max(...sizes.slice(20)), 100);
  await delivery.stop();
});

Deno.test("deliver() parks what is too old for the service, unsent", async () => {
  using time = new FakeTime(1_750_000_000_000 + 10_000);
  const store = await storeOf(1);
  await store.append([{ ...makeEvent(2), time: 1_750_000_000_000 + 9_000 }]);
  const sent: string[] = [];
  const delivery = deliver(
    store,
    sinkOf((events) => void sent.push(...events.map(({ id }) => id)), {
      limits: { age: 8_000 },
    }),
    quiet,
  );
  await passTime(time, 2_000);
  assertEquals(sent, [makeEvent(2).id]);
  assertEquals((await listParked(store, "s")).map(({ reason }) => reason), [
    "too-old",
  ]);
  await delivery.stop();
});

Deno.test("deliver() sends only what the sink wants", async () => {
  using time = new FakeTime();
  const store = await storeOf(4);
  await store.append([{ ...makeEvent(9), type: "feature.evaluated" }]);
  const told: unknown[] = [];
  const sent: unknown[] = [];
  const delivery = deliver(
    store,
    sinkOf(
      (events) => void sent.push(...events.map(({ position }) => position)),
      {
        include: ({ position }) => {
          if (position === 3) throw new Error("broken");
          return position !== 1;
        },
      },
    ),
    { ...quiet, onError: (error) => void told.push(String(error)) },
  );
  await passTime(time, 2_000);
  assertEquals(sent, [2, 4]);
  assertEquals(told, ["Error: broken"]);
  await delivery.stop();
});

Deno.test("deliver() gives back what the sink holds when it stops", async () => {
  let isClosed = false;
  const delivery = deliver(
    await storeOf(0),
    sinkOf(() => {}, { close: () => isClosed = true }),
    quiet,
  );
  await delivery.stop();
  assertEquals(isClosed, true);
});

Deno.test("deliver() goes on where telling of an error throws", async () => {
  using time = new FakeTime();
  const store = await storeOf(2);
  const sent: unknown[] = [];
  const fail = () => {
    throw new Error("broken");
  };
  const delivery = deliver(
    store,
    sinkOf(
      (events) => void sent.push(...events.map(({ position }) => position)),
      { include: ({ position }) => position === 2 || fail(), close: fail },
    ),
    { ...quiet, onError: fail },
  );
  await passTime(time, 2_000);
  assertEquals(sent, [2]);
  await delivery.stop();
});

Deno.test("deliver() parks what a sink is unsure of, and tries the others again as its failure says", async () => {
  using time = new FakeTime();
  const store = await storeOf(3);
  const sent: number[] = [];
  const delivery = deliver(
    store,
    sinkOf((events) => {
      sent.push(events.length);
      if (events.length < 3) return;
      const [unsure, ...others] = events.map(({ id }) => id);
      return {
        refused: [{ id: unsure!, reason: "unsure", message: "cut" }],
        again: others,
        failure: sinkFailure({ status: 503, retryAfter: 60_000 }),
      };
    }),
    quiet,
  );
  await passTime(time, 30_000);
  assertEquals(sent, [3]);
  await passTime(time, 60_000);
  assertEquals(sent, [3, 2]);
  assertEquals(
    (await listParked(store, "s")).map((
      { reason, message },
    ) => [reason, message]),
    [["unsure", "cut"]],
  );
  assertEquals(delivery.counts().delivered, 2);
  await delivery.stop();
});

Deno.test("deliver() takes the answer to a request that came while the process was frozen", async () => {
  const store = await storeOf(3);
  let frozen = 0;
  let calls = 0;
  const delivery = deliver(
    store,
    sinkOf(() => {
      calls++;
      return Promise.resolve().then(() => {
        // The answer is there before any timer is.
        frozen = 60_000;
      });
    }),
    {
      ...quiet,
      clock: {
        now: () => Date.now() + frozen,
        setTimer: systemClock.setTimer,
      },
    },
  );
  assertEquals(await delivery.flush(), true);
  await delivery.stop();
  assertEquals(calls, 1);
  assertEquals(delivery.counts().delivered, 3);
});
