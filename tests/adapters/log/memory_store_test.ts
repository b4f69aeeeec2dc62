import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import { makeEvent } from "../../support/events/make_event.ts";
import { testEventStore } from "../../contracts/event_store/mod.ts";
import { settleTo } from "../../support/events/consumer_state.ts";

testEventStore("memoryStore()", { test: Deno.test, open: memoryStore });

function makeEvents(count: number): ReturnType<typeof makeEvent>[] {
  return Array.from({ length: count }, (_, index) => makeEvent(index + 1));
}

Deno.test("memoryStore() makes a tenth of room past its capacity", async () => {
  const store = memoryStore({ capacity: 100 });
  await store.append(makeEvents(100));
  assertEquals((await store.read(0)).length, 100);
  await store.append([makeEvent(101)]);
  assertEquals(await store.positions(), { first: 12, last: 101 });
});

Deno.test("memoryStore() prunes by size", async () => {
  const size = JSON.stringify(makeEvent(1)).length;
  const store = memoryStore({ maxCharacters: 10 * size });
  await store.append(makeEvents(9));
  await store.append([{ ...makeEvent(10), data: { x: "x".repeat(2 * size) } }]);
  const events = await store.read(0);
  assert(events.length < 9);
  assertEquals(events.at(-1)?.id, makeEvent(10).id);
});

Deno.test("memoryStore() prunes by age when it is asked", async () => {
  let now = 0;
  const store = memoryStore({ maxAge: 1000, clock: { now: () => now } });
  await settleTo(store, "sink", 0);
  await store.append([makeEvent(1)]);
  now = 600;
  await store.append([makeEvent(2)]);
  now = 1000;
  assertEquals((await store.read(0)).length, 2);
  now = 1001;
  const [second, report, ...rest] = await store.read(0);
  assertEquals([second?.position, rest], [2, []]);
  assertEquals(report?.data, {
    reason: "age",
    count: 1,
    types: { custom: 1 },
    consumer: "sink",
  });
});

for (const capacity of [1, 2, 5]) {
  Deno.test(`memoryStore() of capacity ${capacity} stays within it, reports included, and forgets none`, async () => {
    const store = memoryStore({ capacity });
    await settleTo(store, "sink", 0);
    for (let index = 1; index <= 50; index++) {
      await store.append([makeEvent(index)]);
      assert((await store.read(0)).length <= capacity);
    }
    const events = await store.read(0);
    const told = events.filter(({ type }) => type === "events.dropped")
      .reduce((sum, { data }) => sum + Number(data["count"]), 0);
    const kept = events.filter(({ type }) => type === "custom").length;
    assertEquals(told + kept, 50);
  });
}

Deno.test("memoryStore() adds none of a batch in which one is not JSON", async () => {
  const store = memoryStore();
  const bad = { ...makeEvent(2), data: { count: 1n } };
  const error = await store.append([makeEvent(1), bad as never]).catch((e) =>
    e
  );
  assert(error instanceof TypeError);
  assertEquals(await store.positions(), { first: 0, last: 0 });
});
