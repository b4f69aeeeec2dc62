/**
 * Connects sources again and again, on whatever runtime this is, and prints as JSON what is left:
 * `source_leaks_test.ts` runs it on Deno, Node and Bun. It ends by itself, unless a handle is left.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { growthbookSource } from "../../adapters/growthbook/mod.ts";
import { systemClock } from "../../adapters/support/time/clock.ts";

const rounds = 500;
const answer = JSON.stringify({
  status: 200,
  features: { version: { defaultValue: "x".repeat(10_000) } },
});

const warnings: string[] = [];
process.on("warning", ({ name }) => warnings.push(name));

let timers = 0;
let time = 0;
// Each connection seems to have stood long enough to be made again at once; timers are real ones.
const clock = {
  now: () => time += 20_000,
  setTimer: (callback: () => void, milliseconds: number) => {
    let isSet = true;
    timers++;
    const unset = () => {
      if (isSet) timers--;
      isSet = false;
    };
    const cancel = systemClock.setTimer(() => {
      unset();
      callback();
    }, milliseconds);
    return () => {
      unset();
      cancel();
    };
  },
};

let connections = 0;
let onStream = (_response: ServerResponse): void => {};
const server = createServer((request, response) => {
  if (request.url?.startsWith("/sub/")) {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      connection: "close",
    });
    response.write("retry: 10000\n\n");
    onStream(response);
    return;
  }
  response.writeHead(200, {
    "content-type": "application/json",
    "x-sse-support": "enabled",
    connection: "close",
  });
  response.end(answer);
});
server.on("connection", (socket) => {
  connections++;
  socket.on("close", () => connections--);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const options = {
  clientKey: "sdk-1",
  apiHost: `http://127.0.0.1:${port}`,
  clock,
};

/** Has one source connect again and again, for the server ends each stream. */
async function reconnect(count: number): Promise<void> {
  let streams = 0;
  await new Promise<void>((resolve) => {
    onStream = (response) => {
      if (++streams > count) resolve();
      else response.end();
    };
    const subscription = growthbookSource(options).subscribe();
    stop = () => subscription.unsubscribe();
  });
  stop();
}
let stop = (): void => {};

/** Opens sources, and closes each once it is connected. */
async function openAndClose(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const connected = new Promise<void>((resolve) =>
      onStream = () => resolve()
    );
    const subscription = growthbookSource(options).subscribe();
    await connected;
    subscription.unsubscribe();
  }
}

async function untilClosed(): Promise<void> {
  while (connections > 0) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** How much of the heap is in use, in bytes, once what nobody needs is gone. */
async function heap(): Promise<number> {
  const { gc, Bun } = globalThis as {
    readonly gc?: () => void;
    readonly Bun?: { readonly gc: (force: boolean) => void };
  };
  for (let turn = 0; turn < 5; turn++) {
    gc?.();
    Bun?.gc(true);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return process.memoryUsage().heapUsed;
}

// What a runtime sets up once is not to be taken for a leak.
await reconnect(200);
await openAndClose(200);
await untilClosed();
const before = await heap();
await reconnect(rounds);
await untilClosed();
const between = await heap();
await openAndClose(rounds);
await untilClosed();
const after = await heap();
const left = { timers, connections };
server.close();
console.log(JSON.stringify({
  ...left,
  warnings,
  reconnectBytes: between - before,
  openBytes: after - between,
  before,
}));
