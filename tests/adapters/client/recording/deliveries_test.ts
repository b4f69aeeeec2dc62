import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import * as fc from "fast-check";
import {
  type ConsumerReport,
  type EventStore,
  memoryStore,
} from "../../../../adapters/client/mod.ts";
import { type Sink, sink } from "../../../../adapters/delivery/sink.ts";
import { malformed } from "../../../support/malformed.ts";
import { passDuring, passTime } from "../../../support/pass_time.ts";
import { runs } from "../../../support/runs.ts";
import { exposures, open } from "../support.ts";

const userOf = (index: number) => ({ attributes: { id: String(index) } });

function assertSum(report: ConsumerReport): void {
  const { recorded, delivered, pending, parked, dropped } = report;
  assertEquals(recorded, delivered + pending + parked + dropped);
  assert(Math.min(recorded, delivered, pending, parked, dropped) >= 0);
}

Deno.test("callbacks run side by side: 1,000 exposures of 20 ms take no 20 seconds", async () => {
  using time = new FakeTime();
  let open16 = 0;
  let most = 0;
  const { client } = open({
    trackingCallback: async () => {
      most = Math.max(most, ++open16);
      await new Promise((resolve) => setTimeout(resolve, 20));
      open16--;
    },
  });
  for (let index = 0; index < 1000; index++) {
    client.forUser(userOf(index)).isOn("cta");
  }
  await passTime(time, 1_500);
  assertEquals(client.deliveries()["tracking-callback"]!.delivered, 1000);
  assertEquals(most, 16);
  await client.close();
});

Deno.test("an outage of hours parks nothing, and says so", async () => {
  using time = new FakeTime();
  let isUp = false;
  let calls = 0;
  const { client } = open({
    trackingCallback: () => {
      calls++;
      if (!isUp) throw new Error("503");
    },
  });
  for (let index = 0; index < 100; index++) {
    client.forUser(userOf(index)).isOn("cta");
  }
  await passTime(time, 3 * 3_600_000);
  const report = client.deliveries()["tracking-callback"]!;
  assertEquals([report.pending, report.parked, report.pausedBecause], [
    100,
    0,
    "outage",
  ]);
  assertEquals(report.lastError, "503");
  assert(calls < 3_000, `${calls} calls`);
  isUp = true;
  await passTime(time, 31_000);
  assertEquals(client.deliveries()["tracking-callback"]!.delivered, 100);
  await client.close();
});

Deno.test("a burst through a short outage loses nothing with a store, and tells what it loses without", async () => {
  for (const store of [undefined, memoryStore({ capacity: 20_000 })]) {
    using time = new FakeTime();
    let isUp = false;
    let delivered = 0;
    const { client } = open({
      ...(store === undefined ? {} : { store }),
      recording: { capacity: 1_000 },
      trackingCallback: () => {
        if (!isUp) throw new Error("503");
        delivered++;
      },
    });
    for (let index = 0; index < 1_500; index++) {
      client.forUser(userOf(index)).isOn("cta");
      if (store !== undefined && index % 100 === 0) await passTime(time, 1);
    }
    await passTime(time, 5_000);
    isUp = true;
    const { isDelivered, consumers } = await passDuring(
      time,
      60_000,
      client.flush({ timeout: 60_000 }),
    );
    const report = consumers["tracking-callback"]!;
    assertSum(report);
    if (store === undefined) {
      assertEquals([isDelivered, report.dropped], [false, 500]);
      assertEquals([delivered, report.delivered], [1_000, 1_000]);
    } else {
      assertEquals([report.dropped, report.delivered], [0, 1_500]);
      assertEquals(delivered, 1_500);
    }
    await client.close();
  }
});

Deno.test("flush() speaks of what was recorded since the last one", async () => {
  let isBad = true;
  const { client } = open({
    trackingCallback: () => {
      if (isBad) throw Object.assign(new Error("no"), { delivery: "reject" });
    },
  });
  client.forUser(userOf(1)).isOn("cta");
  assertEquals((await client.flush()).isDelivered, false);
  isBad = false;
  client.forUser(userOf(2)).isOn("cta");
  const { isDelivered, consumers } = await client.flush();
  const { recorded, delivered, parked } = consumers["tracking-callback"]!;
  assertEquals([isDelivered, recorded, delivered, parked], [true, 2, 1, 1]);
  await client.close();
});

Deno.test("flush() tries at once what waits for its next attempt", async () => {
  using time = new FakeTime();
  let isUp = false;
  const { client } = open({
    random: () => 1,
    trackingCallback: () => {
      if (!isUp) throw new Error("503");
    },
  });
  client.forUser(userOf(1)).isOn("cta");
  await passTime(time, 100);
  isUp = true;
  assertEquals((await passDuring(time, 0, client.flush())).isDelivered, true);
  await client.close();
});

Deno.test("an error that asks for a pause stops the callback until resumeTracking()", async () => {
  using time = new FakeTime();
  let calls = 0;
  const { client } = open({
    trackingCallback: () => {
      if (++calls === 1) {
        throw Object.assign(new Error("401"), { delivery: "pause" });
      }
    },
  });
  client.forUser(userOf(1)).isOn("cta");
  await passTime(time, 3_600_000);
  assertEquals(calls, 1);
  assertEquals(
    client.deliveries()["tracking-callback"]!.pausedBecause,
    "destination",
  );
  client.resumeTracking();
  await passTime(time, 10);
  assertEquals(client.deliveries()["tracking-callback"]!.delivered, 1);
  await client.close();
});

Deno.test("a new phase is a new exposure, and A, B, A is two", async () => {
  const calls: string[] = [];
  const { client, source } = open({
    attributes: { id: "1" },
    trackingCallback: ({ phase }, { variationId }) =>
      void calls.push(`${phase}:${variationId}`),
  });
  const show = (phase: string, variation: number) => {
    source.next({
      features: {
        cta: {
          rules: [{
            key: "cta-test",
            variations: ["a", "b"],
            weights: variation === 0 ? [1, 0] : [0, 1],
            phase,
          }],
        },
      },
    });
    client.evalFeature("cta");
  };
  show("0", 0);
  show("1", 0);
  show("1", 1);
  show("1", 0);
  show("0", 0);
  await client.flush();
  assertEquals(calls, ["0:0", "1:0", "1:1"]);
  await client.close();
});

Deno.test("sinks get what the client records, each with the events it wants", async () => {
  const sent: Record<string, string[]> = { all: [], custom: [] };
  const { client, events } = open({
    attributes: { id: "1" },
    sinks: [
      sink({
        name: "all",
        send: (given) => void sent["all"]!.push(...given.map(({ id }) => id)),
      }),
      sink({
        name: "custom",
        types: ["custom"],
        include: ({ data }) => data["name"] !== "private",
        send: (given) =>
          void sent["custom"]!.push(
            ...given.map(({ data }) => String(data["name"])),
          ),
      }),
    ],
  });
  client.isOn("cta");
  client.logEvent("bought");
  client.logEvent("private");
  const { isDelivered, consumers } = await client.flush();
  assertEquals(isDelivered, true);
  const told = events.filter(({ type }) => type !== "payload.loaded");
  assertEquals(sent, { all: told.map(({ id }) => id), custom: ["bought"] });
  assertEquals(consumers["custom"]!.unwanted, 1);
  assertEquals(consumers["custom"]!.recorded, 1);
  await client.close();
});

Deno.test("a sink gets what its include has the client record, the first time, too", async () => {
  const sent: unknown[] = [];
  const { client } = open({
    attributes: { id: "1" },
    sinks: [sink({
      name: "own",
      include: () => {
        client.isOn("cta");
        return true;
      },
      send: (events) => void sent.push(...events.map(({ type }) => type)),
    })],
  });
  client.logEvent("bought");
  const { isDelivered, consumers } = await client.flush();
  assertEquals(isDelivered, true);
  assertEquals(sent.toSorted(), ["custom", "experiment.viewed"]);
  assertEquals(consumers["own"]!.delivered, 2);
  await client.close();
});

Deno.test("events$ hears of a loss once, with a store and without", async () => {
  for (const store of [undefined, memoryStore()]) {
    const { client, events } = open({
      ...(store === undefined ? {} : { store }),
      recording: { capacity: 3 },
      trackingCallback: () => {},
    });
    for (let index = 0; index < 5; index++) {
      client.forUser(userOf(index)).isOn("cta");
    }
    await client.flush();
    const told = events.filter(({ type }) => type === "events.dropped");
    assertEquals(told.length, new Set(told.map(({ id }) => id)).size);
    assert(told.length > 0);
    await client.close();
  }
});

Deno.test("a sink without limits gets its events, and holds up no callback", async () => {
  const sent: unknown[] = [];
  let calls = 0;
  const { client, errors } = open({
    attributes: { id: "1" },
    random: () => 0,
    trackingCallback: () => {
      if (++calls === 1) throw new Error("503");
    },
    sinks: [malformed<Sink>({
      name: "own",
      types: ["experiment.viewed"],
      send: (events: readonly unknown[]) => void sent.push(...events),
    })],
  });
  client.isOn("cta");
  assertEquals((await client.flush()).isDelivered, true);
  assertEquals([sent.length, calls, errors.length], [1, 2, 1]);
  await client.close();
});

Deno.test("the counts are right at any time, whatever the callback and the store do", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.integer({ min: 1, max: 20 }),
      fc.array(
        fc.record({
          users: fc.integer({ min: 0, max: 8 }),
          mood: fc.constantFrom(
            "take",
            "throw",
            "reject",
            "refuse",
            "pause",
            "hang",
          ),
          pass: fc.integer({ min: 0, max: 40_000 }),
          act: fc.constantFrom(
            "none",
            "pause",
            "resume",
            "discard",
            "flush",
            "break",
            "mend",
          ),
        }),
        { maxLength: 12 },
      ),
      async (isStored, capacity, steps) => {
        using time = new FakeTime();
        let mood = "take";
        let isBroken = false;
        let next = 0;
        const memory = memoryStore();
        const store: EventStore = {
          ...memory,
          append: (...args) =>
            isBroken
              ? Promise.reject(new Error("disk"))
              : memory.append(...args),
          commit: (...args) =>
            isBroken
              ? Promise.reject(new Error("disk"))
              : memory.commit(...args),
        };
        const { client } = open({
          ...(isStored ? { store } : {}),
          recording: { capacity },
          trackingCallback: () => {
            const error = new Error(mood);
            switch (mood) {
              case "take":
                return;
              case "throw":
                throw error;
              case "reject":
                return Promise.reject(error);
              case "refuse":
                throw Object.assign(error, { delivery: "reject" });
              case "pause":
                throw Object.assign(error, { delivery: "pause" });
              default:
                return new Promise(() => {});
            }
          },
        });
        const check = () =>
          Object.values(client.deliveries()).forEach(assertSum);
        for (const step of steps) {
          mood = step.mood;
          for (let count = 0; count < step.users; count++) {
            client.forUser(userOf(next++ % 30)).isOn("cta");
          }
          check();
          if (step.act === "pause") client.pauseTracking();
          if (step.act === "resume") client.resumeTracking();
          if (step.act === "discard") client.resumeTracking({ discard: true });
          if (step.act === "flush") void client.flush({ timeout: 1_000 });
          if (step.act === "break") isBroken = true;
          if (step.act === "mend") isBroken = false;
          check();
          await passTime(time, step.pass);
          check();
        }
        isBroken = false;
        mood = "take";
        client.resumeTracking();
        await passTime(time, 120_000);
        client.resumeTracking();
        await passTime(time, 120_000);
        const report = client.deliveries()["tracking-callback"]!;
        assertSum(report);
        assertEquals(report.pending, 0);
        await client.close();
      },
    ),
    runs(25),
  );
});

Deno.test("events$ hears of an exposure after the store's answer, and at once without a store", async () => {
  let answer = () => {};
  let ask = () => {};
  const asked = new Promise<void>((resolve) => ask = resolve);
  const memory = memoryStore();
  const store: EventStore = {
    ...memory,
    append: async (...args) => {
      const answered = new Promise<void>((resolve) => answer = resolve);
      ask();
      await answered;
      return await memory.append(...args);
    },
  };
  const stored = open({ store, attributes: { id: "1" } });
  stored.client.isOn("cta");
  const flushing = stored.client.flush({ timeout: 5_000 });
  await asked;
  assertEquals(exposures(stored.events), []);
  answer();
  await flushing;
  assertEquals(exposures(stored.events).length, 1);
  await stored.client.close();

  const bare = open({ attributes: { id: "1" } });
  bare.client.isOn("cta");
  assertEquals(exposures(bare.events).length, 1);
  await bare.client.close();
});

Deno.test("flush() does not wait until a store that failed is told again what was delivered", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  let isDown = true;
  const { client } = open({
    store: {
      ...memory,
      commit: (...args) =>
        isDown ? Promise.reject(new Error("down")) : memory.commit(...args),
    },
    random: () => 1,
    trackingCallback: () => {},
  });
  client.forUser(userOf(1)).isOn("cta");
  await passTime(time, 60_000);
  isDown = false;
  let isDelivered: boolean | null = null;
  void client.flush().then((report) => isDelivered = report.isDelivered);
  await passTime(time, 10);
  assertEquals(isDelivered, true);
  const [{ checkpoint } = {}] = await memory.consumers();
  assertEquals(checkpoint, { position: 1, unsettled: [] });
  await passDuring(time, 1_000, client.close());
});

Deno.test("that something was lost takes the room of one event, not of all that wait", async () => {
  for (const [isPaused, isLoaded] of [[true, true], [true, false], [false]]) {
    const memory = memoryStore();
    let isDown = true;
    const { client, events } = open({
      store: {
        ...memory,
        append: (...parameters) =>
          isDown
            ? Promise.reject(new Error("down"))
            : memory.append(...parameters),
      },
      recording: { capacity: 100 },
      tracking: isPaused ? "paused" : {},
      trackingCallback: () => {},
    });
    const losses = () =>
      events.flatMap((event) =>
        event.type === "events.dropped" ? [event.data.count] : []
      );
    if (isLoaded) await client.flush({ timeout: 50 });
    for (let index = 0; index < 101; index++) {
      client.forUser(userOf(index)).isOn("cta");
    }
    await client.flush({ timeout: 50 });
    const report = client.deliveries()["tracking-callback"]!;
    assertSum(report);
    assert(report.dropped <= 2, `${report.dropped} dropped`);
    assertEquals(losses().reduce((sum, each) => sum + each), report.dropped);
    isDown = false;
    client.resumeTracking();
    const { isDelivered, consumers } = await client.flush();
    const { delivered, dropped } = consumers["tracking-callback"]!;
    assertEquals([isDelivered, delivered + dropped], [true, 101]);
    // The store hears of all of them.
    const stored = (await memory.read(0)).filter(({ type }) =>
      type === "events.dropped"
    );
    const counts = stored.map(({ data }) => Number(data.count));
    assertEquals(counts.reduce((sum, each) => sum + each), dropped);
    await client.close();
  }
});

Deno.test("what is stored as the client ends is counted once, however the turns fall", async () => {
  for (let turns = 0; turns < 40; turns++) {
    using time = new FakeTime();
    const memory = memoryStore();
    let answer = () => {};
    const { client } = open({
      store: {
        ...memory,
        append: async (...parameters) => {
          const stored = await memory.append(...parameters);
          await new Promise<void>((resolve) => answer = resolve);
          return stored;
        },
      },
      trackingCallback: () => {},
    });
    client.forUser(userOf(0)).isOn("cta");
    await passTime(time, 100);
    const closing = client.close({ timeout: 0 });
    // The end of the wait and the answer come in one turn.
    const later = async () => {
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      answer();
    };
    time.tick(0);
    await later();
    await passTime(time, 10_000);
    await closing;
    for (const report of Object.values(client.deliveries())) assertSum(report);
  }
});
