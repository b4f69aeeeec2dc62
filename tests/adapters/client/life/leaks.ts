/**
 * Measures what clients and views leave behind, as the bytes that the heap grew by. Prints one JSON
 * object. Run with `--v8-flags=--expose-gc`.
 *
 * @module
 */

import { NEVER, startWith } from "rxjs";
import {
  createClient,
  memoryStickyBuckets,
} from "../../../../adapters/client/mod.ts";
import { shop } from "../support.ts";

const { gc } = globalThis as { readonly gc?: () => void };
const source = NEVER.pipe(startWith(shop));

async function usedHeap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    gc?.();
  }
  return Deno.memoryUsage().heapUsed;
}

/**
 * How much the heap grows by some work, done in four parts: four times the least growth of a part.
 * What leaks does so in each; tables of the runtime that grow now and then don't.
 */
async function growth(
  work: (count: number) => void | Promise<void>,
  count: number,
): Promise<number> {
  const part = count / 4;
  const grown: number[] = [];
  await work(part);
  for (let round = 0; round < 4; round++) {
    const before = await usedHeap();
    await work(part);
    grown.push(await usedHeap() - before);
  }
  return 4 * Math.min(...grown);
}

async function openAndClose(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const client = createClient({
      source,
      attributes: { id: String(index) },
      stickyBuckets: memoryStickyBuckets(),
      trackingCallback: () => {},
      recording: { countEvaluations: true },
    });
    client.value$("cta", "").subscribe();
    client.features$.subscribe();
    client.updateAttributes({ country: "fr" });
    await client.close();
  }
}

const client = createClient({ source, tracking: { exposureCapacity: 1000 } });

function makeViews(count: number): void {
  for (let index = 0; index < count; index++) {
    client.forUser({ attributes: { id: String(index) } });
  }
}

async function readViews(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    client.forUser({ attributes: { id: String(index) } }).isOn("banner");
    if (index % 1000 === 0) await client.flush();
  }
}

function subscribe(count: number): void {
  for (let index = 0; index < count; index++) {
    client.value$("banner", "").subscribe().unsubscribe();
  }
}

const report = {
  clients: await growth(openAndClose, 10_000),
  views: await growth(makeViews, 1_000_000),
  readViews: await growth(readViews, 1_000_000),
  subscriptions: await growth(subscribe, 100_000),
};
await client.close();
console.log(JSON.stringify(report));
