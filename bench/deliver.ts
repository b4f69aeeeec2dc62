// How many events a second go from a log in a file into an endpoint on the loopback interface, by
// `webhookSink`, and how much memory that takes with a long backlog. The endpoint runs in a thread of
// its own. Takes a number of events; 100,000 by default.
import { deliver, webhookSink } from "../adapters/delivery/mod.ts";
import { sqliteStore } from "../adapters/sqlite/mod.ts";
import type { NewEvent } from "../core/events/types/recorded_event.ts";

const total = Number(Deno.args[0] ?? 100_000);
const folder = await Deno.makeTempDir();
const store = sqliteStore(`${folder}/log.db`);

function exposure(index: number): NewEvent {
  return {
    id: `0198c0de-0000-7000-8000-${String(index).padStart(12, "0")}`,
    time: 1_750_000_000_000 + index,
    type: "experiment.viewed",
    version: 1,
    data: {
      experimentKey: "checkout",
      variationId: 1,
      variationKey: "1",
      hashAttribute: "id",
      hashValue: `user-${index}`,
      featureId: "cta",
      ruleId: "r1",
      askedFeatureId: "cta",
      inExperiment: true,
      stickyBucketUsed: false,
      weights: [0.5, 0.5],
      coverage: 1,
    },
    user: { level: "identity", attributes: { id: `user-${index}` } },
  };
}

for (let first = 0; first < total; first += 1_000) {
  await store.append(
    Array.from(
      { length: Math.min(1_000, total - first) },
      (_, index) => exposure(first + index),
    ),
  );
}

const code = `
let taken = 0;
const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: ({ port }) => postMessage(port) },
  async (request) => {
    const bytes = await request.arrayBuffer();
    taken += bytes.byteLength;
    return new Response(null, { status: 202 });
  });
`;
const worker = new Worker(
  URL.createObjectURL(new Blob([code], { type: "text/javascript" })),
  { type: "module" },
);
const port = await new Promise<number>((resolve) => {
  worker.onmessage = ({ data }) => resolve(data);
});

const { gc = () => {} } = globalThis as { readonly gc?: () => void };
gc();
const before = Deno.memoryUsage().heapUsed;
let peak = before;
const begin = performance.now();
const delivery = deliver(
  store,
  webhookSink({ url: `http://127.0.0.1:${port}/`, secret: "secret" }),
);
while (delivery.counts().delivered < total) {
  await new Promise((resolve) => setTimeout(resolve, 250));
  gc();
  peak = Math.max(peak, Deno.memoryUsage().heapUsed);
}
const seconds = (performance.now() - begin) / 1_000;
await delivery.stop();
await store.close();
worker.terminate();
console.log(
  `${total} events in ${seconds.toFixed(1)} s: ${
    Math.round(total / seconds)
  } a second; heap grew by at most ${((peak - before) / 1e6).toFixed(1)} MB`,
);
await Deno.remove(folder, { recursive: true });
