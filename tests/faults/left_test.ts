import { assertEquals, assertRejects } from "@std/assert";
import { growthbookSource } from "../../adapters/growthbook/mod.ts";
import { payloadText } from "./answers.ts";

// Cloudflare Workers stop what a request left under way when it ended: its fetches, and its timers.
Deno.test("growthbookSource() refreshes though the request before was left by its runtime", async () => {
  let now = 0;
  let asked = 0;
  const timers: (() => void)[] = [];
  const source = growthbookSource({
    clientKey: "sdk-1",
    polling: false,
    fetch: () =>
      asked++ === 0
        ? new Promise(() => {})
        : Promise.resolve(Response.json(JSON.parse(payloadText(1)))),
    clock: {
      now: () => now,
      setTimer: (callback) => {
        timers.push(callback);
        return () => {};
      },
    },
  });
  const payloads: unknown[] = [];
  const subscription = source.subscribe((payload) => payloads.push(payload));
  // The timers of the first request are gone with it.
  timers.length = 0;
  now = 5_000;
  const early = source.refresh!();
  // What a refresh needs is loaded for the first.
  while (timers.length === 0) await new Promise((done) => setTimeout(done));
  now = 10_100;
  timers.at(-1)!();
  await assertRejects(() => early, Error, "it took longer than 10000 ms");
  await source.refresh!();
  assertEquals([asked, payloads.length], [2, 1]);
  subscription.unsubscribe();
});

Deno.test("growthbookSource() asks anew at once where the request before is overdue", async () => {
  let now = 0;
  let asked = 0;
  const source = growthbookSource({
    clientKey: "sdk-1",
    polling: false,
    fetch: () =>
      asked++ === 0
        ? new Promise(() => {})
        : Promise.resolve(Response.json(JSON.parse(payloadText(1)))),
    clock: { now: () => now, setTimer: () => () => {} },
  });
  const subscription = source.subscribe();
  now = 20_000;
  await source.refresh!();
  assertEquals(asked, 2);
  subscription.unsubscribe();
});
