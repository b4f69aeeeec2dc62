import { assertEquals, assertStrictEquals } from "@std/assert";
import { Observable } from "rxjs";
import {
  type Client,
  createClient,
  fixedSource,
  memoryStore,
  type PayloadSource,
} from "../../../../adapters/client/mod.ts";
import type { Payload } from "../../../../mod.ts";
import { manualClock } from "../../../support/manual_clock.ts";
import { shop } from "../support.ts";

function sourceWhose(teardown: () => void): PayloadSource {
  return new Observable<Payload>((subscriber) => {
    subscriber.next(shop);
    return teardown;
  });
}

Deno.test("close() resolves where the source's teardown throws, and loses nothing", async () => {
  const store = memoryStore();
  const errors: unknown[] = [];
  const client = createClient({
    source: sourceWhose(() => {
      throw new Error("Cannot stop");
    }),
    attributes: { id: "1" },
    store,
    onError: (error) => void errors.push(error),
  });
  client.isOn("cta");
  const first = client.close();
  assertStrictEquals(client.close(), first);
  const { delivered, dropped } = (await first).consumers["store"]!;
  assertEquals([delivered, dropped, errors.length], [1, 0, 1]);
  assertEquals((await store.read(0, 10)).map(({ type }) => type), [
    "experiment.viewed",
  ]);
});

Deno.test("close() may be called by what it stops", async () => {
  const closings: Promise<unknown>[] = [];
  const close = () => void closings.push(client.close());
  const client: Client = createClient({
    source: sourceWhose(close),
    trackingCallback: close,
    attributes: { id: "1" },
  });
  client.status$.subscribe({ complete: close });
  client.isOn("cta");
  const first = client.close();
  await first;
  assertEquals(closings.length >= 2, true);
  for (const closing of closings) assertStrictEquals(closing, first);
});

Deno.test("close() may be called from a subscriber's first value", async () => {
  const client = createClient({ source: fixedSource(shop) });
  const closings: Promise<unknown>[] = [];
  client.value$("banner", "").subscribe(() => closings.push(client.close()));
  await Promise.all(closings);
  assertEquals(closings.length, 1);
  assertEquals(client.getFeatureValue("banner", ""), "Welcome");
});

Deno.test("a source that throws where it is subscribed to is an error, not a wait", async () => {
  const errors: unknown[] = [];
  const source = {
    subscribe: () => {
      throw new Error("Cannot start");
    },
  } as never;
  const onError = (error: unknown) => void errors.push(error);
  const client = createClient({ source, onError });
  const { status, code } = await client.ready();
  assertEquals([status, code, errors.length], ["error", "source-error", 1]);
  await client.close();
});

Deno.test("a sticky store that never answers holds nobody longer than its limit", async () => {
  const clock = manualClock(1_000);
  const errors: unknown[] = [];
  const client = createClient({
    source: fixedSource(shop),
    attributes: { id: "1" },
    clock,
    onError: (error) => void errors.push(error),
    stickyBuckets: { load: () => new Promise(() => {}), save: () => {} },
  });
  assertEquals(client.isOn("cta"), false);
  const ready = client.ready();
  clock.advance(10_000);
  const { status, code } = await ready;
  assertEquals([status, code], ["ready", "sticky-buckets-failed"]);
  assertEquals(client.evalFeature("cta").source, "experiment");
  assertEquals(errors.map(String), [
    "Error: Cannot wait for the user's sticky buckets any longer than 10000 ms",
  ]);
  await client.close();
});

Deno.test("a sticky store that comes round later is asked again about a later user", async () => {
  const clock = manualClock(1_000);
  let isHanging = true;
  const client = createClient({
    source: fixedSource(shop),
    attributes: { id: "1" },
    clock,
    onError: () => {},
    stickyBuckets: {
      load: () => isHanging ? new Promise(() => {}) : {},
      save: () => {},
    },
  });
  clock.advance(10_000);
  await client.ready();
  isHanging = false;
  client.setAttributes({ id: "2" });
  assertEquals((await client.ready()).code, "ok");
  await client.close();
});

Deno.test("a sticky store that never saves holds up flush() no longer than its limit", async () => {
  const clock = manualClock(1_000);
  const errors: unknown[] = [];
  const client = createClient({
    source: fixedSource({
      features: {
        cta: {
          rules: [{
            key: "cta",
            variations: [0, 1],
            meta: [{ key: "0" }, { key: "1" }],
          }],
        },
      },
    }),
    attributes: { id: "1" },
    clock,
    onError: (error) => void errors.push(error),
    stickyBuckets: { load: () => ({}), save: () => new Promise(() => {}) },
  });
  client.isOn("cta");
  const flushed = client.flush();
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
    clock.advance(1_000);
  }
  await flushed;
  assertEquals(errors.map(String), [
    "Error: Cannot wait for the store of sticky buckets any longer than 10000 ms",
  ]);
  await client.close();
  assertEquals(clock.timers(), []);
});
