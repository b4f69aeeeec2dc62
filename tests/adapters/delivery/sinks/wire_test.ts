import { assert, assertEquals } from "@std/assert";
import { deliver, type Sink } from "../../../../adapters/delivery/mod.ts";
import {
  type Clock,
  systemClock,
} from "../../../../adapters/support/time/clock.ts";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import type { NewEvent } from "../../../../core/events/types/recorded_event.ts";
import {
  type Exchange,
  scriptedServer,
} from "../../../support/web/scripted_server.ts";
import { sampleCustom, sampleExposure } from "./sample_events.ts";
import { checkRequest, type ServiceName } from "./service_schemas.ts";
import { serviceNames, serviceSinks } from "./service_sinks.ts";

const now = sampleExposure().time + 60_000;
// The date stands still, so that what is sent is always the same; timers run.
const clock: Clock = { ...systemClock, now: () => now };

/** Delivers events to a server that checks each request, and gives the requests. */
async function requestsOf(
  name: ServiceName,
  events: readonly NewEvent[],
  makeSink: (host: string) => Sink = (host) =>
    serviceSinks[name](host, { clock }),
): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  const server = scriptedServer(async (exchange) => {
    exchanges.push(exchange);
    await exchange.answer(200, "{}");
  });
  const store = memoryStore();
  await store.append(events);
  const delivery = deliver(store, makeSink(server.url), { clock });
  assertEquals(await delivery.flush(), true);
  assertEquals(delivery.counts().delivered, events.length);
  await delivery.stop();
  await server.close();
  return exchanges;
}

for (const name of serviceNames) {
  Deno.test(`the ${name} sink sends what the service documents, field by field`, async () => {
    const exchanges = await requestsOf(name, [
      sampleExposure(),
      sampleCustom(),
    ]);
    assertEquals(exchanges.map((exchange) => checkRequest(name, exchange)), [
      null,
    ]);
  });
}

const expected: { readonly [Name in ServiceName]: unknown } = {
  growthbook: {
    sentAt: "2026-03-04T05:07:07.089Z",
    events: [{
      event_name: "Experiment Viewed",
      properties: {
        experimentId: "checkout",
        variationId: "v1",
        hashAttribute: "id",
        hashValue: "7",
        growthstream_id: sampleExposure().id,
      },
      attributes: { id: "7" },
      timestamp: "2026-03-04T05:06:07.089Z",
    }, {
      event_name: "Order Placed",
      properties: {
        total: 9.5,
        currency: "€",
        growthstream_id: sampleCustom().id,
      },
      attributes: { id: "7" },
      timestamp: "2026-03-04T05:06:07.090Z",
    }],
  },
  segment: {
    batch: [{
      type: "track",
      event: "Experiment Viewed",
      userId: "7",
      properties: {
        experiment_id: "checkout",
        experiment_name: "Checkout",
        variation_id: "v1",
        variation_name: "Blue",
      },
      messageId: sampleExposure().id,
      timestamp: "2026-03-04T05:06:07.089Z",
      context: { library: { name: "growthstream", version: "0.1.0" } },
    }, {
      type: "track",
      event: "Order Placed",
      userId: "7",
      properties: { total: 9.5, currency: "€" },
      messageId: sampleCustom().id,
      timestamp: "2026-03-04T05:06:07.090Z",
      context: { library: { name: "growthstream", version: "0.1.0" } },
    }],
    sentAt: "2026-03-04T05:07:07.089Z",
  },
  posthog: {
    api_key: "phc_key-1",
    batch: [{
      event: "$feature_flag_called",
      distinct_id: "7",
      properties: {
        $feature_flag: "checkout",
        $feature_flag_response: "v1",
        "$feature/checkout": "v1",
        $lib: "growthstream",
      },
      timestamp: "2026-03-04T05:06:07.089Z",
      uuid: sampleExposure().id,
    }, {
      event: "Order Placed",
      distinct_id: "7",
      properties: { total: 9.5, currency: "€", $lib: "growthstream" },
      timestamp: "2026-03-04T05:06:07.090Z",
      uuid: sampleCustom().id,
    }],
  },
  mixpanel: [{
    event: "$experiment_started",
    properties: {
      "Experiment name": "checkout",
      "Variant name": "v1",
      time: sampleExposure().time,
      distinct_id: "7",
      $insert_id: sampleExposure().id,
      mp_lib: "growthstream",
    },
  }, {
    event: "Order Placed",
    properties: {
      total: 9.5,
      currency: "€",
      time: sampleCustom().time,
      distinct_id: "7",
      $insert_id: sampleCustom().id,
      mp_lib: "growthstream",
    },
  }],
  ga4: {
    client_id: "7",
    user_id: "7",
    events: [{
      name: "experiment_viewed",
      timestamp_micros: sampleExposure().time * 1_000,
      params: {
        experiment_id: "checkout",
        variation_id: "v1",
        growthstream_id: sampleExposure().id,
      },
    }, {
      name: "Order_Placed",
      timestamp_micros: sampleCustom().time * 1_000,
      params: { total: 9.5, currency: "€", growthstream_id: sampleCustom().id },
    }],
  },
  webhook: [sampleExposure(), sampleCustom()].map((event) => ({
    specversion: "1.0",
    id: event.id,
    source: "/growthstream",
    type: event.type,
    time: new Date(event.time).toISOString(),
    datacontenttype: "application/json",
    data: { ...event.data, version: 1, user: event.user },
  })),
};

for (const name of serviceNames) {
  Deno.test(`the ${name} sink follows the service's convention for experiments`, async () => {
    const [exchange] = await requestsOf(name, [
      sampleExposure(),
      sampleCustom(),
    ]);
    assertEquals(JSON.parse(exchange!.body), expected[name]);
  });
}

Deno.test("a sink sends what `map` makes of an event, and parks one for which it throws", async () => {
  const bodies: string[] = [];
  const server = scriptedServer(async (exchange) => {
    bodies.push(exchange.body);
    await exchange.answer(200, "{}");
  });
  const store = memoryStore();
  await store.append([sampleExposure(0), sampleExposure(1), sampleCustom(2)]);
  const sink = serviceSinks.segment(server.url, {
    include: ({ type }) => type === "experiment.viewed",
    map: ({ id }, { properties }) => {
      if (id.endsWith("1")) throw new Error("no such event");
      return {
        name: "Saw",
        properties: { ...properties, team: "growth" },
        user: { anonymousId: "a" },
      };
    },
  });
  const delivery = deliver(store, sink, { clock });
  assertEquals(await delivery.flush(), true);
  const [{ batch }] = bodies.map((body) => JSON.parse(body));
  assertEquals(
    batch.map((each: { readonly [name: string]: unknown }) => [
      each["event"],
      each["anonymousId"],
      each["userId"],
    ]),
    [["Saw", "a", undefined]],
  );
  assertEquals(batch[0].properties.team, "growth");
  assertEquals((await store.parked("segment")).map(({ message }) => message), [
    "no such event",
  ]);
  await delivery.stop();
  await server.close();
});

Deno.test("a sink keeps the service's path behind the path of its host", async () => {
  const [exchange] = await requestsOf(
    "segment",
    [sampleExposure()],
    (host) => serviceSinks.segment(`${host}/proxy/analytics/`, { clock }),
  );
  assertEquals(exchange!.path, "/proxy/analytics/v1/batch");
});

Deno.test("webhookSink() sends the name and password of its URL as authorization", async () => {
  const [exchange] = await requestsOf(
    "webhook",
    [sampleExposure()],
    (host) =>
      serviceSinks.webhook(host.replace("//", "//me:url-password-1@"), {
        clock,
      }),
  );
  assertEquals(
    exchange!.headers.get("authorization"),
    `Basic ${btoa("me:url-password-1")}`,
  );
});

Deno.test("ga4Sink() sends a request for each user, and parks what is older than 71 hours", async () => {
  const server = scriptedServer((exchange) => exchange.answer(204));
  const store = memoryStore();
  const events = ["a", "b", "a"].map((id, index) => ({
    ...sampleCustom(index, now),
    user: { level: "identity" as const, attributes: { id } },
  }));
  await store.append([
    ...events,
    sampleExposure(8, now - 71 * 3_600_000 - 10),
    sampleExposure(9, now - 71 * 3_600_000),
  ]);
  const delivery = deliver(store, serviceSinks.ga4(server.url, { clock }), {
    clock,
  });
  await delivery.flush();
  assertEquals(delivery.counts().delivered, 4);
  assertEquals(
    (await store.parked("ga4")).map(({ event, reason }) => [event.id, reason]),
    [[sampleExposure(8).id, "too-old"]],
  );
  await delivery.stop();
  await server.close();
});

Deno.test("ga4Sink() sends nothing under a name that Google keeps for itself", async () => {
  const bodies: string[] = [];
  const server = scriptedServer(async ({ body, answer }) => {
    bodies.push(body);
    await answer(204);
  });
  const store = memoryStore();
  await store.append(
    ["error", "session_start", "google_pay", "errors"].map((name, index) => ({
      ...sampleCustom(index, now),
      data: { name, properties: { ga_score: 1, gains: 2 } },
    })),
  );
  const delivery = deliver(store, serviceSinks.ga4(server.url, { clock }), {
    clock,
  });
  await delivery.flush();
  const events = bodies.flatMap((body) =>
    (JSON.parse(body) as { events: { name: string; params: object }[] }).events
  );
  assertEquals(events.map(({ name }) => name).toSorted(), [
    "e_error",
    "e_google_pay",
    "e_session_start",
    "errors",
  ]);
  assertEquals(Object.keys(events[0]!.params).slice(0, 2), [
    "e_ga_score",
    "gains",
  ]);
  await delivery.stop();
  await server.close();
});

Deno.test("segmentSink() parks an event without a user, and one that is too large, without a request", async () => {
  const exchanges: Exchange[] = [];
  const server = scriptedServer(async (exchange) => {
    exchanges.push(exchange);
    await exchange.answer(200);
  });
  const store = memoryStore();
  const { user: _, ...nobody } = sampleCustom(1);
  await store.append([sampleExposure(0), nobody, {
    ...sampleCustom(2),
    data: { name: "large", properties: { text: "€".repeat(11_000) } },
  }]);
  const delivery = deliver(store, serviceSinks.segment(server.url, { clock }), {
    clock,
  });
  await delivery.flush();
  assertEquals(exchanges.length, 1);
  assertEquals(delivery.counts(), {
    delivered: 1,
    parked: 2,
    dropped: 0,
    skipped: 0,
  });
  await delivery.stop();
  await server.close();
});

Deno.test("segmentSink() keeps within 500 kB, whatever its texts are", async () => {
  const events = Array.from({ length: 60 }, (_, index) => ({
    ...sampleCustom(index),
    data: { name: "x", properties: { text: "\u0001".repeat(5_000) } },
  }));
  const exchanges = await requestsOf("segment", events);
  assert(exchanges.length >= 4);
  for (const exchange of exchanges) {
    assertEquals(checkRequest("segment", exchange), null);
  }
});
