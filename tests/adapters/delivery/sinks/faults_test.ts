import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { type Consumer, deliver } from "../../../../adapters/delivery/mod.ts";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import type { EventStore } from "../../../../adapters/log/port/event_store.ts";
import { passTime } from "./pass_time.ts";
import { sampleCustom, sampleExposure } from "./sample_events.ts";
import type { ServiceName } from "./service_schemas.ts";
import { allSecrets, serviceNames, serviceSinks } from "./service_sinks.ts";
import { type VirtualService, virtualService } from "./virtual_service.ts";

const minute = 60_000;
const host = "https://service.example";

interface Setting {
  readonly time: FakeTime;
  readonly service: VirtualService;
  readonly store: EventStore;
  readonly delivery: Consumer;
  readonly errors: readonly string[];
}

/** Runs a test with a sink, a service in memory and events in a store; checks the ledger at the end. */
async function withSink(
  name: ServiceName,
  count: number,
  make: (index: number, time: number) => ReturnType<typeof sampleCustom>,
  test: (setting: Setting) => Promise<void>,
): Promise<void> {
  using time = new FakeTime(sampleExposure().time);
  const service = virtualService(name);
  const store = memoryStore();
  await store.append(
    Array.from({ length: count }, (_, index) => make(index, Date.now())),
  );
  const errors: string[] = [];
  const delivery = deliver(
    store,
    serviceSinks[name](host, { fetch: service.fetch }),
    {
      random: () => 0.5,
      onError: (error) => errors.push(Deno.inspect(error, { depth: 10 })),
    },
  );
  await test({ time, service, store, delivery, errors });
  const { recorded, delivered, pending, parked, dropped } = await delivery
    .ledger();
  assertEquals(recorded, count);
  assertEquals(recorded, delivered + pending + parked + dropped);
  await delivery.stop();
  const told = [
    ...errors,
    JSON.stringify(await store.parked(name)),
    delivery.lastError() ?? "",
  ].join("\n");
  for (const secret of allSecrets) assert(!told.includes(secret), secret);
  assertEquals(service.open(), 0);
}

for (const name of serviceNames) {
  for (const status of [404, 408, 425, 429, 500, 502, 503, 504]) {
    Deno.test(`the ${name} sink waits while the service answers ${status}, and parks nothing`, () =>
      withSink(name, 120, sampleCustom, async (setting) => {
        const { time, service, delivery } = setting;
        service.treat = { kind: "status", status };
        await passTime(time, 5 * minute);
        assertEquals(delivery.pausedBecause(), "outage");
        service.treat = { kind: "take" };
        await passTime(time, 3 * minute);
        assertEquals(delivery.counts().delivered, 120);
        assertEquals(new Set(service.taken).size, service.taken.length);
      }));
  }

  for (
    const [form, retryAfter] of [
      ["seconds", "600"],
      ["a date", new Date(sampleExposure().time + 601_000).toUTCString()],
    ] as const
  ) {
    Deno.test(`the ${name} sink waits as long as Retry-After says, in ${form}`, () =>
      withSink(name, 3, sampleExposure, async ({ time, service, delivery }) => {
        service.treat = { kind: "status", status: 429, retryAfter };
        await passTime(time, 5_000);
        service.treat = { kind: "take" };
        const before = service.arrivals.length;
        await passTime(time, 590_000);
        assertEquals(service.arrivals.length, before);
        await passTime(time, 20_000);
        assertEquals(delivery.counts().delivered, 3);
      }));
  }

  Deno.test(`the ${name} sink finds the one bad event with at most 14 extra requests`, () =>
    withSink(name, 100, sampleCustom, async (setting) => {
      const { time, service, delivery, store } = setting;
      const bad = sampleCustom(42).id;
      service.treat = { kind: "refuse", bad: (id) => id === bad };
      await passTime(time, minute);
      assertEquals(
        (await store.parked(name)).map((
          { event, reason },
        ) => [event.id, reason]),
        [[bad, "refused"]],
      );
      assertEquals(delivery.counts().delivered, 99);
      const least = name === "ga4" ? 4 : 1;
      assert(service.arrivals.length <= least + 14);
    }));

  Deno.test(`the ${name} sink is paused, or parks what is named, when everything is refused`, () =>
    withSink(name, 100, sampleCustom, async ({ time, service, delivery }) => {
      service.treat = { kind: "refuse", bad: () => true };
      await passTime(time, minute);
      if (name === "mixpanel") {
        assertEquals(delivery.counts().parked, 100);
        return;
      }
      assertEquals(delivery.pausedBecause(), "refusals");
      assertEquals(delivery.counts().parked, 4);
      service.treat = { kind: "take" };
      delivery.resume();
      await passTime(time, minute);
      assertEquals(delivery.counts().delivered, 96);
    }));

  for (const status of [401, 403, 405, 410, 302, 307]) {
    Deno.test(`the ${name} sink is paused by ${status}, and goes on when it is resumed`, () =>
      withSink(name, 100, sampleCustom, async ({ time, service, delivery }) => {
        service.treat = { kind: "status", status };
        await passTime(time, minute);
        assertEquals(delivery.pausedBecause(), "destination");
        assertEquals(service.arrivals.length, 1);
        service.treat = { kind: "take" };
        delivery.resume();
        await passTime(time, minute);
        assertEquals(delivery.counts().delivered, 100);
      }));
  }

  Deno.test(`the ${name} sink sends smaller requests where the service answers 413`, () =>
    withSink(name, 200, sampleCustom, async ({ time, service, delivery }) => {
      service.treat = { kind: "limit", events: 7 };
      await passTime(time, 2 * minute);
      assertEquals(delivery.counts().delivered, 200);
      assertEquals(service.taken.length, 200);
    }));

  for (const code of ["ENOTFOUND", "ECONNREFUSED"] as const) {
    Deno.test(`the ${name} sink loses and parks nothing while the host answers ${code}`, () =>
      withSink(name, 50, sampleCustom, async ({ time, service, delivery }) => {
        service.treat = { kind: "unreachable", code };
        await passTime(time, 120 * minute);
        assertEquals(delivery.counts().parked, 0);
        service.treat = { kind: "take" };
        await passTime(time, 2 * minute);
        assertEquals(delivery.counts().delivered, 50);
        assertEquals(service.taken.length, 50);
      }));
  }

  for (
    const treat of [
      { kind: "cut", isTaken: true },
      { kind: "hang", isTaken: true },
    ] as const
  ) {
    Deno.test(`the ${name} sink sends exposures again after a ${treat.kind} answer, with the same ids`, () =>
      withSink(
        name,
        20,
        sampleExposure,
        async ({ time, service, delivery }) => {
          service.treat = treat;
          await passTime(time, 35_000);
          service.treat = { kind: "take" };
          await passTime(time, 5 * minute);
          assertEquals(delivery.counts().delivered, 20);
          assertEquals(new Set(service.taken).size, 20);
        },
      ));
  }

  for (const isCut of [false, true]) {
    Deno.test(`the ${name} sink believes the status of an answer whose body ${isCut ? "breaks off" : "never ends"}`, () =>
      withSink(name, 20, sampleCustom, async ({ time, service, delivery }) => {
        service.treat = { kind: "half", isCut };
        await passTime(time, minute);
        assertEquals(delivery.counts().delivered, 20);
        assertEquals(service.taken.length, 20);
      }));
  }

  const knowsIds = name !== "growthbook" && name !== "ga4";
  Deno.test(`the ${name} sink ${knowsIds ? "repeats" : "parks as unsure"} a custom event whose sending ended unclear`, () =>
    withSink(name, 1, sampleCustom, async (setting) => {
      const { time, service, delivery, store } = setting;
      service.treat = { kind: "cut", isTaken: true };
      await passTime(time, 3_000);
      service.treat = { kind: "take" };
      await passTime(time, 5 * minute);
      const reasons = (await store.parked(name)).map(({ reason }) => reason);
      assertEquals(reasons, knowsIds ? [] : ["unsure"]);
      assertEquals(delivery.counts().delivered, knowsIds ? 1 : 0);
    }));
}

Deno.test("growthbookSink() begins a request a second at most, of 100 events", () =>
  withSink("growthbook", 1_000, sampleCustom, async ({ time, service }) => {
    await passTime(time, 20_000);
    assertEquals(
      service.arrivals.map(({ ids }) => ids.length),
      Array(10).fill(100),
    );
    for (const [index, { time: at }] of service.arrivals.entries()) {
      if (index === 0) continue;
      assert(at - service.arrivals[index - 1]!.time >= 1_000);
    }
  }));

for (const name of ["growthbook", "ga4"] as const) {
  for (const kind of ["hang", "cut"] as const) {
    Deno.test(`the ${name} sink risks one batch of custom events in two hours without answers (${kind})`, () =>
      withSink(name, 500, sampleCustom, async (setting) => {
        const { time, service, delivery } = setting;
        service.treat = { kind, isTaken: false };
        await passTime(time, 120 * minute);
        const { parked } = delivery.counts();
        assert(parked <= 100, `${parked} are unsure`);
        service.treat = { kind: "take" };
        await passTime(time, 10 * minute);
        assertEquals(delivery.counts().delivered, 500 - parked);
      }));
  }
}

Deno.test("webhookSink() believes an answer that names events", async () => {
  using time = new FakeTime(sampleExposure().time);
  const store = memoryStore();
  const events = [0, 1, 2].map((index) => sampleCustom(index));
  await store.append(events);
  const sizes: number[] = [];
  const sink = serviceSinks.webhook(host, {
    fetch: (_input, init) => {
      const { length } = JSON.parse(String(init!.body));
      sizes.push(length);
      const verdict = {
        refused: [{ id: events[0]!.id, message: "key hook-secret-1 is odd" }],
        again: [events[1]!.id],
      };
      return Promise.resolve(Response.json(length === 3 ? verdict : {}));
    },
  });
  const delivery = deliver(store, sink, { onError: () => {} });
  await passTime(time, minute);
  assertEquals(sizes, [3, 1]);
  assertEquals(delivery.counts().delivered, 2);
  assertEquals((await store.parked("webhook")).map(({ message }) => message), [
    "key [secret] is odd",
  ]);
  await delivery.stop();
});
