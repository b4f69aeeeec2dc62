import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { BehaviorSubject, Subject } from "rxjs";
import {
  createClient,
  fixedSource,
  type PayloadSource,
  type SourceReport,
} from "../../../adapters/client/mod.ts";
import {
  healthOf,
  healthResponse,
  metricsContentType,
  metricsText,
} from "../../../adapters/web/mod.ts";
import { writeMetrics } from "../../../adapters/web/health/write_metrics.ts";
import type { Payload } from "../../../mod.ts";
import { runs } from "../../support/runs.ts";
import { parseOpenMetrics } from "./parse_open_metrics.ts";

const rules = [{ key: "exp", variations: ["a", "b"] }];
const payload: Payload = { features: { f: { rules } } };

/** A client whose source says what the test wants, and whose time passes as it wants. */
function open() {
  const payloads = new Subject<Payload>();
  const reports$ = new BehaviorSubject<SourceReport>({ type: "loading" });
  const source: PayloadSource = Object.assign(payloads, { reports$ });
  let now = 1_000_000;
  const client = createClient({
    source,
    attributes: { id: "7" },
    onError: () => {},
    trackingCallback: () => {
      throw new Error("The service is down");
    },
    clock: {
      now: () => now,
      monotonic: () => now,
      setTimer: (callback, milliseconds) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
    },
  });
  return {
    client,
    report: (report: SourceReport) => reports$.next(report),
    load: () => {
      payloads.next(payload);
      reports$.next({ type: "ok", updates: "polling" });
    },
    fail: () =>
      reports$.next({
        type: "failed",
        code: "http-503",
        message: "The server answered 503",
        issues: [],
        retryIn: 1000,
      }),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    now: () => now,
  };
}

Deno.test("healthResponse() is 503 before there is a payload, and 200 from then on", async () => {
  const { client, load, fail, pass } = open();
  const first = healthResponse(client);
  assertEquals(first.status, 503);
  const { status, reason, payloadAge } = await first.json();
  assertEquals([status, payloadAge], ["initializing", null]);
  assertMatch(reason, /first payload/);

  load();
  pass(5000);
  const second = healthResponse(client);
  assertEquals(second.status, 200);
  assertEquals(second.headers.get("cache-control"), "no-store");
  assertEquals((await second.json()).payloadAge, 5000);

  fail();
  const third = healthResponse(client);
  const answer = await third.json();
  assertEquals([third.status, answer.status, answer.code], [
    200,
    "stale",
    "http-503",
  ]);
  await client.close({ timeout: 0 });
  assertEquals(healthResponse(client).status, 503);
});

Deno.test("healthResponse() is 503 where the last payload is too old", async () => {
  const { client, load, fail, pass } = open();
  load();
  fail();
  pass(60_001);
  const statuses = [60_000, 60_001].map((maxStaleAge) =>
    healthResponse(client, { maxStaleAge }).status
  );
  assertEquals(statuses, [503, 200]);
  await client.close({ timeout: 0 });
});

Deno.test("healthOf() has the counts of each consumer", async () => {
  const { client, load } = open();
  load();
  client.isOn("f");
  const { consumers, sourceFailures } = healthOf(client);
  assertEquals([consumers["tracking-callback"]?.recorded, sourceFailures], [
    1,
    0,
  ]);
  await client.close({ timeout: 0 });
});

Deno.test("health() counts failures of the source, and when it was well again", async () => {
  const { client, load, fail, report } = open();
  load();
  fail();
  fail();
  report({ type: "ok", updates: "polling" });
  fail();
  report({ type: "ok", updates: "streaming" });
  const { sourceFailures, sourceReconnects, status } = client.health();
  assertEquals([sourceFailures, sourceReconnects, status.status], [
    3,
    2,
    "ready",
  ]);
  await client.close({ timeout: 0 });
});

Deno.test("health() counts connections that a source made anew after a clean end", async () => {
  const { client, load, fail, report } = open();
  load();
  report({ type: "ok", updates: "streaming", renewals: 1 });
  report({ type: "ok", updates: "streaming", renewals: 2 });
  assertEquals(client.health().sourceReconnects, 2);
  fail();
  report({ type: "ok", updates: "streaming", renewals: 3 });
  const { sourceFailures, sourceReconnects } = client.health();
  assertEquals([sourceFailures, sourceReconnects], [1, 4]);
  await client.close({ timeout: 0 });
});

Deno.test("metricsText() says all there is to watch", async () => {
  const { client, load, fail, pass, now } = open();
  load();
  client.isOn("f");
  pass(2500);
  fail();
  const families = parseOpenMetrics(metricsText(client, { now }));
  const samples = Object.fromEntries(
    families.flatMap(({ samples }) =>
      samples.map(({ name, labels, value }) =>
        [
          [name, labels["consumer"] ?? labels["growthstream_status"] ?? ""]
            .filter((text) => text !== "").join(" "),
          value,
        ] as const
      )
    ),
  );
  assertEquals(samples, {
    "growthstream_status initializing": 0,
    "growthstream_status ready": 0,
    "growthstream_status stale": 1,
    "growthstream_status error": 0,
    "growthstream_status closed": 0,
    "growthstream_payload_age_seconds": 2.5,
    "growthstream_source_failures_total": 1,
    "growthstream_source_reconnects_total": 0,
    "growthstream_events_recorded_total tracking-callback": 1,
    "growthstream_events_delivered_total tracking-callback": 0,
    "growthstream_events_dropped_total tracking-callback": 0,
    "growthstream_events_repeated_total tracking-callback": 0,
    "growthstream_events_pending tracking-callback": 1,
    "growthstream_events_parked tracking-callback": 0,
    "growthstream_consumer_paused tracking-callback": 0,
    "growthstream_delivery_lag_seconds tracking-callback": 2.5,
  });
  await client.close({ timeout: 0 });
});

Deno.test("metricsText() takes labels, and refuses names that can be none", async () => {
  const client = createClient({ source: fixedSource(payload) });
  const text = metricsText(client, { labels: { shop: 'a "b"\n\\c' } });
  const [first] = parseOpenMetrics(text);
  assertEquals(first?.samples[0]?.labels["shop"], 'a "b"\n\\c');
  for (const name of ["a-b", "", "__name__", "1a", 'a="']) {
    assertThrows(
      () => metricsText(client, { labels: { [name]: "" } }),
      TypeError,
    );
  }
  assertMatch(
    metricsContentType,
    /^application\/openmetrics-text; version=1\.0\.0/,
  );
  await client.close();
});

Deno.test("writeMetrics() writes what a parser reads back, whatever the labels and texts", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 20 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0 }), (help, label, value) => {
      const samples = [{ labels: { consumer: label }, value }];
      const written = writeMetrics([
        { name: "a", type: "gauge", help, samples },
        { name: "b", type: "counter", help: "", samples },
      ]);
      const [gauge, counter] = parseOpenMetrics(written);
      assertEquals(gauge, {
        name: "a",
        type: "gauge",
        help,
        samples: [{ name: "a", labels: { consumer: label }, value }],
      });
      assertEquals(counter?.samples[0]?.name, "b_total");
    }),
    runs(200),
  );
});
