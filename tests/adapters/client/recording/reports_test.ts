import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { memoryStore } from "../../../../adapters/client/mod.ts";
import { sink } from "../../../../adapters/delivery/sink.ts";
import { passDuring, passTime } from "../../../support/pass_time.ts";
import { open } from "../support.ts";

const seeing = (name: string) => {
  const sent: string[] = [];
  const send = (events: readonly { readonly id: string }[]) => {
    sent.push(...events.map(({ id }) => id));
  };
  return { sent, sink: sink({ name, send }) };
};

Deno.test("a report names no oldest event of a consumer once all of them were dropped", async () => {
  using time = new FakeTime();
  const { client } = open({
    trackingCallback: () => {
      throw new Error("503");
    },
    sinks: [sink({
      name: "sink",
      send: () => {
        throw new Error("503");
      },
    })],
  });
  client.forUser({ attributes: { id: "1" } }).isOn("cta");
  await passTime(time, 2_000);
  const before = client.deliveries();
  const { consumers } = await passDuring(
    time,
    1_000,
    client.close({ timeout: 10 }),
  );
  for (const name of ["tracking-callback", "sink"]) {
    assertEquals(before[name]!.oldestPending, time.start);
    const { pending, dropped, oldestPending } = consumers[name]!;
    assertEquals([pending, dropped, oldestPending], [0, 1, null]);
  }
});

Deno.test("a sink by the name of the store's report is left out where there is a store, and reported", async () => {
  const { sent, sink } = seeing("store");
  const { client, errors } = open({ store: memoryStore(), sinks: [sink] });
  client.forUser({ attributes: { id: "1" } }).isOn("cta");
  await client.close();
  assertEquals(sent, []);
  assertEquals(errors.map(String), [
    'TypeError: Cannot use the sink "store": there is another consumer of that name',
  ]);
});

Deno.test("a sink may be called store where there is no other", async () => {
  const { sent, sink } = seeing("store");
  const { client, errors } = open({ sinks: [sink] });
  client.forUser({ attributes: { id: "1" } }).isOn("cta");
  const { consumers } = await client.close();
  assertEquals([sent.length, consumers["store"]!.delivered, errors], [
    1,
    1,
    [],
  ]);
});

Deno.test("the second of two sinks of one name is left out, and reported", async () => {
  const [first, second] = [seeing("a"), seeing("a")];
  const { client, errors } = open({ sinks: [first.sink, second.sink] });
  client.forUser({ attributes: { id: "1" } }).isOn("cta");
  await client.close();
  assertEquals([first.sent.length, second.sent.length], [1, 0]);
  assertEquals(errors.map(String), [
    'TypeError: Cannot use the sink "a": there is another consumer of that name',
  ]);
});

Deno.test("a report counts once what the store answers after the end", async () => {
  using time = new FakeTime();
  const memory = memoryStore();
  const { client } = open({
    store: {
      ...memory,
      append: async (...parameters) => {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        return await memory.append(...parameters);
      },
    },
    trackingCallback: () => {},
  });
  client.forUser({ attributes: { id: "1" } }).isOn("cta");
  await passDuring(time, 5_000, client.close({ timeout: 10 }));
  for (const report of Object.values(client.deliveries())) {
    const { recorded, delivered, pending, dropped } = report;
    assertEquals([recorded, delivered, pending, dropped], [1, 0, 0, 1]);
  }
});
