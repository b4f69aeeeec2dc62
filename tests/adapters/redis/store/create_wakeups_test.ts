import { assertEquals } from "@std/assert";
import { createWakeups } from "../../../../adapters/redis/store/create_wakeups.ts";
import { manualClock } from "../../../support/manual_clock.ts";

Deno.test("wakeups without pub/sub tell of what was new before the first look, and of each change after it", async () => {
  let position = 0;
  const clock = manualClock();
  const { wakeups } = createWakeups({
    client: { send: () => Promise.resolve(null) },
    subscriber: undefined,
    channel: "log",
    pollInterval: 20,
    look: () => Promise.resolve(String(position)),
    clock,
  });
  const told: number[] = [];
  const subscription = wakeups.subscribe(() => told.push(position));
  for (const next of [1, 1, 2, 2, 3]) {
    position = next;
    clock.advance(20);
    await new Promise((resolve) => setTimeout(resolve));
  }
  subscription.unsubscribe();
  assertEquals(told, [1, 2, 3]);
  assertEquals(clock.timers(), []);
});
