import { assertEquals } from "@std/assert";
import type { LogAnswer } from "../../../../adapters/redis/store/create_log_access.ts";
import { createRetention } from "../../../../adapters/redis/store/create_retention.ts";
import { manualClock } from "../../../support/manual_clock.ts";

Deno.test("createRetention() looks again after what was appended while it looked", async () => {
  const waiting: ((answer: LogAnswer) => void)[] = [];
  const answer = (last: number): LogAnswer => ({
    first: 1,
    last,
    bytes: 0,
    now: 0,
    result: [],
  });
  const onAppend = createRetention(
    {
      access: {
        run: () => new Promise((resolve) => waiting.push(resolve)),
        see: () => {},
        moves: () => 0,
        close: () => {},
        isClosed: () => false,
      },
      rememberedIds: 0,
      createId: () => "",
    },
    { capacity: 10 },
    {
      clock: manualClock(),
      status: { warn: () => {}, clear: () => {} },
      hasOwnTime: true,
    },
  );
  onAppend(answer(11), 11);
  assertEquals(waiting.length, 1);
  onAppend(answer(12), 1);
  onAppend(answer(13), 1);
  assertEquals(waiting.length, 1);
  waiting[0]!(answer(11));
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(waiting.length, 2);
  waiting[1]!(answer(13));
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(waiting.length, 2);
});
