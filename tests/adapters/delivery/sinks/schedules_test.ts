import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import fc from "fast-check";
import { deliver } from "../../../../adapters/delivery/mod.ts";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import { passTime } from "./pass_time.ts";
import { runs } from "../../../support/runs.ts";
import { sampleCustom, sampleExposure } from "./sample_events.ts";
import type { ServiceName } from "./service_schemas.ts";
import { serviceNames, serviceSinks } from "./service_sinks.ts";
import { type Treatment, virtualService } from "./virtual_service.ts";

const isTaken = fc.boolean();
const treatments: fc.Arbitrary<Treatment> = fc.oneof(
  fc.constant<Treatment>({ kind: "take" }),
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(408, 429, 500, 502, 503),
  }),
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(429, 503),
    retryAfter: fc.constantFrom("0", "30", "900", "soon"),
  }),
  fc.integer({ min: 1, max: 20 }).map((events): Treatment => ({
    kind: "limit",
    events,
  })),
  fc.constantFrom("ENOTFOUND", "ECONNREFUSED").map((code): Treatment => ({
    kind: "unreachable",
    code: code as "ENOTFOUND",
  })),
  fc.record({
    kind: fc.constantFrom("cut" as const, "hang" as const),
    isTaken,
  }),
  fc.boolean().map((isCut): Treatment => ({ kind: "half", isCut })),
);

const steps = fc.array(
  fc.record({
    treat: treatments,
    events: fc.integer({ min: 0, max: 60 }),
    milliseconds: fc.constantFrom(0, 400, 1_500, 40_000, 600_000, 7_200_000),
  }),
  { minLength: 1, maxLength: 8 },
);

/** What of a schedule depends on the service: those without ids may be left with unsure events. */
async function checkSchedule(
  name: ServiceName,
  schedule: readonly {
    readonly treat: Treatment;
    readonly events: number;
    readonly milliseconds: number;
  }[],
  random: number,
): Promise<void> {
  using time = new FakeTime(sampleExposure().time);
  const service = virtualService(name);
  const store = memoryStore();
  const delivery = deliver(
    store,
    serviceSinks[name]("https://service.example", { fetch: service.fetch }),
    { random: () => random, onError: () => {} },
  );
  const recorded: string[] = [];
  const balance = async () => {
    const ledger = await delivery.ledger();
    assertEquals(ledger.recorded, recorded.length);
    assertEquals(
      ledger.recorded,
      ledger.delivered + ledger.pending + ledger.parked + ledger.dropped,
    );
    return ledger;
  };
  for (const { treat, events, milliseconds } of schedule) {
    service.treat = treat;
    const added = Array.from({ length: events }, (_, index) => {
      const number = recorded.length + index;
      const make = number % 2 === 0 ? sampleExposure : sampleCustom;
      return make(number, Date.now());
    });
    if (added.length > 0) await store.append(added);
    recorded.push(...added.map(({ id }) => id));
    await passTime(time, milliseconds);
    await balance();
  }
  service.treat = { kind: "take" };
  await passTime(time, 3_600_000);
  const { delivered, pending, dropped } = await balance();
  assertEquals([pending, dropped], [0, 0]);
  const parked = (await store.parked(name)).map(({ event, reason }) => {
    assertEquals([event.type, reason], ["custom", "unsure"]);
    return event.id;
  });
  if (name !== "growthbook" && name !== "ga4") assertEquals(parked, []);
  // Nothing is lost, and what is unsure may have arrived.
  const taken = new Set(service.taken);
  for (const id of recorded) assert(taken.has(id) || parked.includes(id));
  assertEquals(delivered, recorded.length - parked.length);
  // A service without ids got no custom event twice.
  if (name === "growthbook" || name === "ga4") {
    const customs = service.taken.filter((id) =>
      recorded.indexOf(id) % 2 === 1
    );
    assertEquals(new Set(customs).size, customs.length);
  }
  await delivery.stop();
  assertEquals(service.open(), 0);
}

for (const name of serviceNames) {
  Deno.test(`the ${name} sink loses nothing and balances, whatever the service does`, () =>
    fc.assert(
      fc.asyncProperty(
        steps,
        fc.constantFrom(0.25, 0.5, 0.999),
        (schedule, random) => checkSchedule(name, schedule, random),
      ),
      runs(2),
    ));
}
