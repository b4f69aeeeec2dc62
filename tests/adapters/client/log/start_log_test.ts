import { assertEquals } from "@std/assert";
import { NEVER } from "rxjs";
import { startLog } from "../../../../adapters/client/log/start_log.ts";
import { systemClock } from "../../../../adapters/support/time/clock.ts";

Deno.test("startLog() lets the first hundred errors wait until it can write them", async () => {
  const written: unknown[] = [];
  const isWritten = Promise.withResolvers<void>();
  const log = startLog((entry) => {
    written.push(entry);
    isWritten.resolve();
  }, () => {});
  log.follow({ status$: NEVER, events$: NEVER }, { clock: systemClock });
  for (let count = 0; count < 150; count++) log.add(new Error("broken"));
  await isWritten.promise;
  assertEquals(written.length, 100);
});
