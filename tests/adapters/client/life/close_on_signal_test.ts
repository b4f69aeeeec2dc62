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
  const wrong: readonly (readonly [object | null, string])[] = [
    [null, "options should be an object, the current value is null"],
    [{ signals: "SIGTERM" }, "signals should be a list of texts, the current"],
    [{ signals: ["TERM"] }, 'there is no signal "TERM"'],
    [{ timeout: "5s" }, "timeout should be a number from 0 on, the current"],
    [{ timeOut: 5000 }, 'there is no option "timeOut"'],
  ];
  for (const [options, message] of wrong) {
    assertThrows(
      () => closeOnSignal(client, options as object),
      Error,
      `${task} ${message}`,
    );
  }
  await client.close();
});

/** What becomes of the first process of a container, which signals spare, after one. */
async function endOf(signal: string, options?: { signals: readonly string[] }) {
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
    closeOnSignal(client, options);
  } finally {
    Object.assign(globalThis, { process });
  }
  listeners.get(signal)?.();
  await client.close();
  await time.tickAsync(199);
  const early = [...done];
  await time.tickAsync(1);
  return { early, done };
}

Deno.test("closeOnSignal() ends the first process of a container, which signals spare", async () => {
  const { early, done } = await endOf("SIGTERM");
  assertEquals(early, [[1, "SIGTERM"]]);
  assertEquals(done, [[1, "SIGTERM"], 143]);
});

Deno.test("closeOnSignal() ends by the exit code that shells give the signal", async () => {
  for (const [signal, code] of [["SIGHUP", 129], ["SIGINT", 130]] as const) {
    const { done } = await endOf(signal, { signals: [signal] });
    assertEquals(done, [[1, signal], code]);
  }
});

/** A process that ends by a signal which nothing listens for, and clients that end when they are told to. */
function startClients(count: number) {
  const listeners = new Map<string, Set<() => void>>();
  const of = (signal: string) => {
    const known = listeners.get(signal) ?? new Set();
    listeners.set(signal, known);
    return known;
  };
  const ends: string[] = [];
  const send = (signal: string) => {
    const heard = [...of(signal)];
    if (heard.length === 0) ends.push(signal);
    for (const listener of heard) listener();
  };
  const closes: (() => void)[] = [];
  const { process } = globalThis;
  try {
    Object.assign(globalThis, {
      process: {
        pid: 2,
        on: (signal: string, listener: () => void) => of(signal).add(listener),
        off: (signal: string, listener: () => void) =>
          of(signal).delete(listener),
        listenerCount: (signal: string) => of(signal).size,
        kill: (_: number, signal: string) => send(signal),
        exit: () => {},
      },
    });
    for (let index = 0; index < count; index++) {
      closeOnSignal({
        close: () =>
          new Promise((resolve) =>
            closes.push(() => resolve({ isDelivered: true, consumers: {} }))
          ),
      });
    }
  } finally {
    Object.assign(globalThis, { process });
  }
  return { ends, send, closes };
}

Deno.test("closeOnSignal() ends the process when the last of several clients is closed", async () => {
  using time = new FakeTime();
  const { ends, send, closes } = startClients(3);
  send("SIGTERM");
  assertEquals(closes.length, 3);
  for (const close of closes) {
    assertEquals(ends, []);
    close();
    await time.tickAsync(0);
  }
  assertEquals(ends, ["SIGTERM"]);
  await time.tickAsync(1_000);
});

Deno.test("closeOnSignal() ends the process at once by a second signal, whichever that is", async () => {
  for (const count of [1, 2, 3]) {
    for (const second of ["SIGTERM", "SIGINT"]) {
      using time = new FakeTime();
      const { ends, send, closes } = startClients(count);
      send("SIGTERM");
      await time.tickAsync(10);
      send(second);
      await time.tickAsync(0);
      assertEquals([ends, closes.length], [[second], count]);
      await time.tickAsync(1_000);
    }
  }
});
