import { assertEquals } from "@std/assert";
import { memoryStore } from "../../../../adapters/client/mod.ts";
import { sink } from "../../../../adapters/delivery/mod.ts";
import { open } from "../support.ts";

for (const store of [undefined, memoryStore()]) {
  const where = store === undefined ? "without a store" : "with a store";
  Deno.test(`flush() sends what was recorded just now in one call with what a sink gathers, ${where}`, async () => {
    const calls: unknown[] = [];
    const { client } = open({
      ...(store === undefined ? {} : { store }),
      sinks: [sink({
        name: "own",
        limits: { gather: 60_000 },
        send: (events) =>
          void calls.push(events.map(({ data }) => data["name"])),
      })],
    });
    // From then on there is an engine, which gathers.
    client.logEvent("first");
    await client.flush();
    client.logEvent("second");
    while (client.deliveries()["store"]?.pending) await turn();
    await turn();
    client.logEvent("third");
    const { isDelivered } = await client.flush();
    assertEquals(isDelivered, true);
    assertEquals(calls, [["first"], ["second", "third"]]);
    await client.close();
  });
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
