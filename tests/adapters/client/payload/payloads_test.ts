import { lintPayload } from "../../../../core/lint/mod.ts";
import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { NEVER, Observable, of, Subject, throwError } from "rxjs";
import {
  createClient,
  fixedSource,
  type PayloadSource,
  type SourceReport,
} from "../../../../adapters/client/mod.ts";
import type { Payload } from "../../../../mod.ts";
import { open, shop } from "../support.ts";
import { passDuring } from "../../../support/pass_time.ts";

const named = (defaultValue: string, dateUpdated?: string): Payload => ({
  features: { banner: { defaultValue } },
  ...(dateUpdated === undefined ? {} : { dateUpdated }),
});

Deno.test("a client over fixed() is ready at once", async () => {
  const client = createClient({ source: fixedSource(shop) });
  const seen: string[] = [];
  client.status$.subscribe(({ status }) => seen.push(status));
  assertEquals(seen, ["ready"]);
  assertEquals(client.getFeatureValue("price", 0), 5);
  await client.close();
});

Deno.test("before the first payload reads give their fallbacks, and status$ says why", async () => {
  const { client } = open({}, null);
  assertEquals([client.isOn("dark"), client.isOff("dark")], [false, true]);
  assertEquals(client.getFeatureValue("price", 7), 7);
  assertEquals(client.evalFeature("price").source, "unknownFeature");
  const seen: unknown[] = [];
  client.status$.subscribe((status) => seen.push(status));
  assertEquals(seen, [{
    status: "initializing",
    code: "loading",
    reason: "The first payload has not come yet",
    retryIn: null,
  }]);
  await client.close();
});

Deno.test("an invalid payload never replaces a good one; its issues are an event", async () => {
  const { client, source, events } = open();
  for (const wrong of [null, 5, "<html>", { status: 400, error: "No key" }]) {
    source.next(wrong as never);
    assertEquals(client.getFeatureValue("price", 0), 5);
    const event = events.at(-1);
    assertEquals(event?.type, "source.failed");
    const { issues } = event!.data as { readonly issues: readonly unknown[] };
    assertEquals(issues.length > 0, true);
    assertEquals((await client.ready()).status, "stale");
  }
  source.next(structuredClone(shop));
  assertEquals((await client.ready()).status, "ready");
  await client.close();
});

Deno.test("what is wrong in a payload that can be used is told with it", async () => {
  const { client, events } = open({ inspect: lintPayload }, {
    features: { a: { rules: [{ variations: [1, 2], weights: [1, 1] }] } },
  });
  const [event] = events;
  assertEquals(event?.type, "payload.loaded");
  const { issues, changed } = event!.data as {
    readonly issues: readonly { readonly code: string }[];
    readonly changed: readonly string[];
  };
  assertEquals(issues.map(({ code }) => code), ["weights-sum"]);
  assertEquals(changed, ["a"]);
  await client.close();
});

Deno.test("an older payload is ignored where both have a date", async () => {
  const { client, source } = open({}, named("new", "2026-02-01T00:00:00Z"));
  source.next(named("old", "2026-01-01T00:00:00Z"));
  assertEquals(client.getFeatureValue("banner", ""), "new");
  source.next(named("undated"));
  assertEquals(client.getFeatureValue("banner", ""), "undated");
  source.next(named("dated", "2026-01-01T00:00:00Z"));
  assertEquals(client.getFeatureValue("banner", ""), "dated");
  await client.close();
});

Deno.test("an equal payload changes nothing", async () => {
  const { client, source, events } = open();
  const before = client.snapshot();
  source.next(structuredClone(shop));
  assertEquals(client.snapshot() === before, true);
  assertEquals(events.length, 1);
  await client.close();
});

Deno.test("an encrypted payload is decrypted, and without the key refused", async () => {
  const answer = {
    status: 200,
    features: {},
    encryptedFeatures: "m5ylFM6ndyOJA2OPadubkw==." +
      "Uu7ViqgKEt/dWvCyhI46q088PkAEJbnXKf3KPZjf9IEQQ+A8fojNoxw4wIbPX3aj",
  } as unknown as Payload;
  const decryptionKey = "Zvwv/+uhpFDznZ6SX28Yjg==";
  const client = createClient({ source: of(answer), decryptionKey });
  assertEquals((await client.ready()).status, "ready");
  assertEquals(client.isOn("feature"), true);
  await client.close();

  const blind = createClient({ source: of(answer), onError: () => {} });
  const { status, code } = await blind.ready();
  assertEquals([status, code], ["error", "encrypted"]);
  await blind.close();
});

Deno.test("a payload that is quick overtakes one that is being decrypted", async () => {
  const source = new Subject<Payload>();
  const client = createClient({
    source,
    decryptionKey: "Zvwv/+uhpFDznZ6SX28Yjg==",
  });
  source.next({
    features: {},
    encryptedFeatures: "m5ylFM6ndyOJA2OPadubkw==." +
      "Uu7ViqgKEt/dWvCyhI46q088PkAEJbnXKf3KPZjf9IEQQ+A8fojNoxw4wIbPX3aj",
  } as unknown as Payload);
  source.next(named("quick"));
  await new Promise<void>((resolve) => setTimeout(resolve, 20));
  assertEquals(client.getFeatureValue("banner", ""), "quick");
  await client.close();
});

Deno.test("the source's reports become the status", async () => {
  const reports$ = new Subject<SourceReport>();
  const payloads = new Subject<Payload>();
  const source: PayloadSource = Object.assign(payloads, { reports$ });
  const client = createClient({ source });
  const seen: unknown[] = [];
  client.status$.subscribe(({ status, code, retryIn }) =>
    seen.push([status, code, retryIn])
  );
  const failed: SourceReport = {
    type: "failed",
    code: "http-503",
    message: "The server is busy",
    issues: [],
    retryIn: 1000,
  };
  reports$.next({ type: "loading" });
  reports$.next(failed);
  reports$.next({ type: "cached", age: 5 });
  payloads.next(shop);
  reports$.next({ type: "ok", updates: "streaming" });
  reports$.next(failed);
  await client.close();
  assertEquals(seen, [
    ["initializing", "loading", null],
    ["error", "http-503", 1000],
    ["initializing", "loading", null],
    ["stale", "cached", null],
    ["ready", "ok", null],
    ["stale", "http-503", 1000],
    ["closed", "closed", null],
  ]);
});

Deno.test("ready() waits for the first payload, or as long as it may", async () => {
  using time = new FakeTime();
  const { client, source } = open({}, null);
  const early = client.ready({ timeout: 100 });
  const late = client.ready();
  time.tick(100);
  assertEquals((await early).status, "initializing");
  source.next(shop);
  assertEquals((await late).status, "ready");
  await client.close();
});

Deno.test("ready() resolves when the source has given up, or the client closes", async () => {
  const failing = createClient({
    source: throwError(() => new Error("Gone")),
    onError: () => {},
  });
  assertEquals((await failing.ready()).status, "error");
  await failing.close();
  const empty = createClient({ source: of(), onError: () => {} });
  assertEquals((await empty.ready()).code, "source-ended");
  await empty.close();
  const waiting = createClient({ source: NEVER });
  const status = waiting.ready();
  await waiting.close();
  assertEquals((await status).status, "closed");
});

Deno.test("refresh() asks the source, and tells how it went", async () => {
  let asked = 0;
  const errors: unknown[] = [];
  const source: PayloadSource = Object.assign(of(shop), {
    refresh: () =>
      ++asked === 1 ? Promise.resolve() : Promise.reject(new Error("Gone")),
  });
  const client = createClient({
    source,
    onError: (error) => errors.push(error),
  });
  assertEquals((await client.refresh()).status, "ready");
  assertEquals(errors.length, 0);
  assertEquals((await client.refresh()).status, "ready");
  assertEquals([asked, errors.length], [2, 1]);
  await client.close();
});

Deno.test("close() unsubscribes from the source, resolves with counts, and may be called twice", async () => {
  let stopped = 0;
  const source = new Observable<Payload>(() => () => {
    stopped++;
  });
  const client = createClient({ source });
  client.logEvent("bye");
  const first = client.close({ timeout: 1000 });
  const second = client.close();
  assertEquals(await first, await second);
  assertEquals(await first, { isDelivered: true, consumers: {} });
  assertEquals(stopped, 1);
});

Deno.test("close() gives up on a store that hangs, after its time", async () => {
  using time = new FakeTime();
  const { memoryStore } = await import("../../../../adapters/client/mod.ts");
  const hang = () => new Promise<never>(() => {});
  const store = { ...memoryStore(), append: hang };
  const { client } = open({ store, trackingCallback: () => {} });
  client.logEvent("bye");
  const { pending, dropped } =
    (await passDuring(time, 500, client.close({ timeout: 500 })))
      .consumers["store"]!;
  assertEquals([pending, dropped], [0, 1]);
});

Deno.test("two clients of one source share nothing else", async () => {
  const source = fixedSource(shop);
  const one = createClient({ source, attributes: { country: "fr" } });
  const two = createClient({ source });
  assertEquals(one.getFeatureValue("banner", ""), "Bienvenue");
  assertEquals(two.getFeatureValue("banner", ""), "Welcome");
  await one.close();
  two.setAttributes({ country: "fr" });
  assertEquals(two.getFeatureValue("banner", ""), "Bienvenue");
  await two.close();
});

Deno.test("a client is disposed of at the end of a block", async () => {
  const seen: string[] = [];
  {
    await using client = createClient({ source: fixedSource(shop) });
    client.status$.subscribe(({ status }) => seen.push(status));
  }
  assertEquals(seen, ["ready", "closed"]);
});
