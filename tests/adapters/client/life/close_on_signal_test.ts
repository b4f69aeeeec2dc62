import { assertEquals, assertThrows } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import {
  closeOnSignal,
  createClient,
  fixedSource,
} from "../../../../adapters/client/mod.ts";

const task = "Cannot close the client on a signal:";

Deno.test("closeOnSignal() refuses what is no client, when the program starts", () => {
  for (const client of [undefined, {}, Promise.resolve({})]) {
    assertThrows(
      () => closeOnSignal(client as never),
      TypeError,
      `${task} a client is needed, the current value is`,
    );
  }
});

Deno.test("closeOnSignal() refuses options that can't be meant", async () => {
  const client = createClient({ source: fixedSource({ features: {} }) });
  const wrong: readonly (readonly [object, string])[] = [
    [{ signals: "SIGTERM" }, "signals should be a list of texts, the current"],
    [{ signals: ["TERM"] }, 'there is no signal "TERM"'],
    [{ timeout: "5s" }, "timeout should be a number from 0 on, the current"],
    [{ timeOut: 5000 }, 'there is no option "timeOut"'],
  ];
  for (const [options, message] of wrong) {
    assertThrows(
      () => closeOnSignal(client, options),
      Error,
      `${task} ${message}`,
    );
  }
  await client.close();
});

Deno.test("closeOnSignal() ends the first process of a container, which signals spare", async () => {
  using time = new FakeTime();
  const client = createClient({ source: fixedSource({ features: {} }) });
  const listeners = new Map<string, () => void>();
  const done: unknown[] = [];
  const first = {
    pid: 1,
    on: (signal: string, listener: () => void) =>
      listeners.set(signal, listener),
    off: (signal: string) => listeners.delete(signal),
    listenerCount: () => 0,
    kill: (pid: number, signal: string) => done.push([pid, signal]),
    exit: (code: number) => done.push(code),
  };
  const { process } = globalThis;
  try {
    Object.assign(globalThis, { process: first });
    closeOnSignal(client);
  } finally {
    Object.assign(globalThis, { process });
  }
  listeners.get("SIGTERM")?.();
  await client.close();
  await time.tickAsync(199);
  assertEquals(done, [[1, "SIGTERM"]]);
  await time.tickAsync(1);
  assertEquals(done, [[1, "SIGTERM"], 143]);
});
