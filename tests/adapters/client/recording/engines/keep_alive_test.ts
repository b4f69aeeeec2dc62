import { assertEquals } from "@std/assert";
import process from "node:process";
import { createKeepAlive } from "../../../../../adapters/client/recording/engines/keep_alive.ts";

/** A clock that is moved by hand, with the one timer that is set. */
function manualClock() {
  let now = 0;
  let timer: { readonly at: number; readonly callback: () => void } | null =
    null;
  return {
    tellTime: () => now,
    timer: () => timer?.at ?? null,
    clock: {
      now: () => now,
      setTimer: (callback: () => void, milliseconds: number) => {
        timer = { at: now + milliseconds, callback };
        return () => timer = null;
      },
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
      if (timer === null || timer.at > now) return;
      const { callback } = timer;
      timer = null;
      callback();
    },
  };
}

Deno.test("createKeepAlive() keeps a process for 5 seconds after the last recording", () => {
  const { clock, tellTime, timer, pass } = manualClock();
  const keepAlive = createKeepAlive(clock, () => 1, tellTime);
  assertEquals(timer(), null);
  keepAlive.extend();
  pass(3_000);
  keepAlive.extend();
  assertEquals(timer(), 5_000);
  pass(2_000);
  assertEquals(timer(), 8_000);
  pass(3_000);
  assertEquals(timer(), null);
  keepAlive.end();
});

Deno.test("createKeepAlive() tells how many are lost if the process ends after that", () => {
  const before = process.listenerCount("exit");
  const { clock, tellTime, pass } = manualClock();
  const keepAlive = createKeepAlive(clock, () => 3, tellTime);
  keepAlive.extend();
  assertEquals(process.listenerCount("exit"), before);
  pass(5_000);
  assertEquals(process.listenerCount("exit"), before + 1);
  keepAlive.end();
  assertEquals(process.listenerCount("exit"), before);
});

Deno.test("createKeepAlive() lets a process end where nothing waits", () => {
  const { clock, tellTime, timer, pass } = manualClock();
  const keepAlive = createKeepAlive(clock, () => 0, tellTime);
  keepAlive.extend();
  keepAlive.end();
  assertEquals(timer(), null);
  pass(10_000);
  assertEquals(timer(), null);
});

Deno.test("createKeepAlive() tells it once, however often something was recorded meanwhile", () => {
  const before = process.listenerCount("exit");
  const { clock, tellTime, pass } = manualClock();
  const keepAlive = createKeepAlive(clock, () => 3, tellTime);
  for (let count = 0; count < 3; count++) {
    keepAlive.extend();
    pass(5_000);
    assertEquals(process.listenerCount("exit"), before + 1);
  }
  keepAlive.end();
  assertEquals(process.listenerCount("exit"), before);
});

Deno.test("createKeepAlive() of many clients is not taken for a leak of listeners", () => {
  const most = process.getMaxListeners();
  const all = Array.from({ length: 30 }, () => {
    const { clock, tellTime, pass } = manualClock();
    const keepAlive = createKeepAlive(clock, () => 1, tellTime);
    keepAlive.extend();
    pass(5_000);
    return keepAlive;
  });
  const room = process.getMaxListeners() - process.listenerCount("exit");
  for (const keepAlive of all) keepAlive.end();
  assertEquals(room >= 0, true);
  assertEquals(process.getMaxListeners(), most);
});
