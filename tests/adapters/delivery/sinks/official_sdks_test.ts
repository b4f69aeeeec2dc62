import { assertEquals } from "@std/assert";
import { Analytics } from "@segment/analytics-node";
import Mixpanel from "mixpanel";
import { PostHog } from "posthog-node";
import { deliver } from "../../../../adapters/delivery/mod.ts";
import { memoryStore } from "../../../../adapters/log/memory_store.ts";
import {
  type Exchange,
  scriptedServer,
} from "../../../support/web/scripted_server.ts";
import { sampleExposure } from "./sample_events.ts";
import type { ServiceName } from "./service_schemas.ts";
import { serviceSinks } from "./service_sinks.ts";

/** What was sent: the path and the authorization, and the body. */
interface Sent {
  readonly path: string;
  readonly authorization: string | null;
  readonly body: unknown;
}

/** Gives the first request of an official SDK, and ours for the same exposure. */
async function compared(
  name: ServiceName,
  official: (url: string) => Promise<unknown>,
): Promise<readonly [Sent, Sent]> {
  const exchanges: Exchange[] = [];
  const server = scriptedServer(async (exchange) => {
    exchanges.push(exchange);
    await exchange.answer(200, '{"code":200,"num_records_imported":1}');
  });
  await official(server.url);
  const store = memoryStore();
  await store.append([sampleExposure()]);
  const delivery = deliver(store, serviceSinks[name](server.url));
  await delivery.flush();
  await delivery.stop();
  await server.close();
  const [theirs, ours] = exchanges.map(({ path, headers, body }) => ({
    path,
    authorization: headers.get("authorization"),
    body: JSON.parse(jsonOf(body)),
  }));
  return [theirs!, ours!];
}

/** Mixpanel's SDK sends JSON as a form's field, in base64. */
function jsonOf(body: string): string {
  const data = new URLSearchParams(body).get("data");
  return data === null ? body : atob(data);
}

/** Leaves out of an object what an SDK says of itself. */
function without(value: unknown, names: readonly string[]): unknown {
  return Object.fromEntries(
    Object.entries(Object(value)).filter(([name]) => !names.includes(name)),
  );
}

const { id, time } = sampleExposure();
const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test({
  name: "segmentSink() sends what Segment's own SDK sends",
  ...options,
  async fn() {
    const [theirs, ours] = await compared("segment", async (host) => {
      const analytics = new Analytics({ writeKey: "write-key-1", host });
      analytics.track({
        userId: "7",
        event: "Experiment Viewed",
        properties: {
          experiment_id: "checkout",
          experiment_name: "Checkout",
          variation_id: "v1",
          variation_name: "Blue",
        },
        messageId: id,
        timestamp: new Date(time),
      });
      await analytics.closeAndFlush();
    });
    const [theirEvent, ourEvent] = [theirs, ours].map(({ body }) =>
      (body as { readonly batch: readonly unknown[] }).batch[0]
    );
    assertEquals(ours.path, theirs.path);
    assertEquals(ours.authorization, theirs.authorization);
    const own = ["context", "_metadata", "integrations", "writeKey"];
    assertEquals(without(ourEvent, own), without(theirEvent, own));
    assertEquals(
      Object.keys(ours.body as object).toSorted(),
      Object.keys(
        without(theirs.body, own) as object,
      ).toSorted(),
    );
  },
});

Deno.test({
  name: "posthogSink() sends what PostHog's own SDK sends",
  ...options,
  async fn() {
    const [theirs, ours] = await compared("posthog", async (host) => {
      const posthog = new PostHog("phc_key-1", {
        host,
        disableCompression: true,
      });
      posthog.capture({
        distinctId: "7",
        event: "$feature_flag_called",
        properties: {
          $feature_flag: "checkout",
          $feature_flag_response: "v1",
          "$feature/checkout": "v1",
        },
        timestamp: new Date(time),
        uuid: id,
      });
      await posthog.shutdown();
    });
    const [their, our] = [theirs.body, ours.body] as readonly {
      readonly api_key: string;
      readonly batch: readonly {
        readonly properties: { readonly [name: string]: unknown };
      }[];
    }[];
    assertEquals(ours.path, theirs.path);
    assertEquals(our!.api_key, their!.api_key);
    const own = ["properties", "type", "library", "library_version"];
    assertEquals(without(our!.batch[0], own), without(their!.batch[0], own));
    const { $lib: _, ...properties } = our!.batch[0]!.properties;
    for (const [name, value] of Object.entries(properties)) {
      assertEquals(their!.batch[0]!.properties[name], value);
    }
  },
});

// The SDK insists on HTTPS for the import API, so its events are taken from the track API.
Deno.test({
  name: "mixpanelSink() sends what Mixpanel's own SDK sends",
  ...options,
  async fn() {
    const [theirs, ours] = await compared("mixpanel", (url) => {
      const { host } = new URL(url);
      const mixpanel = Mixpanel.init("mp-token-1", {
        host,
        protocol: "http",
      });
      return new Promise((resolve) =>
        mixpanel.track_batch([{
          event: "$experiment_started",
          properties: {
            "Experiment name": "checkout",
            "Variant name": "v1",
            distinct_id: "7",
            time,
            $insert_id: id,
          },
        }], resolve)
      );
    });
    const [their, our] = [theirs.body, ours.body] as readonly (readonly {
      readonly event: string;
      readonly properties: object;
    }[])[];
    assertEquals(our![0]!.event, their![0]!.event);
    const own = ["mp_lib", "$lib_version", "token"];
    assertEquals(
      without(our![0]!.properties, own),
      without(their![0]!.properties, own),
    );
  },
});
