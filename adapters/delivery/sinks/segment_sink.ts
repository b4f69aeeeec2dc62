import { base64 } from "../../support/http/redact_text.ts";
import type { Sink } from "../sink.ts";
import { present } from "./mapping/mapped_event.ts";
import { checkSecret, endpoint } from "./service/endpoint.ts";
import { serviceSink } from "./service/service_sink.ts";
import {
  readName,
  type ServiceSinkOptions,
} from "./service/service_options.ts";

/** How events are sent to Segment, or what speaks its protocol. */
export interface SegmentSinkOptions extends ServiceSinkOptions {
  /** The write key of the source. */
  readonly writeKey: string;
  /**
   * The host: `https://api.segment.io` by default, `https://eu1.api.segmentapis.com` for workspaces in
   * the EU, the data plane's URL for RudderStack.
   */
  readonly host?: string;
}

/**
 * Sends events to Segment's HTTP API, or to RudderStack, whose data plane speaks it too: `track` calls
 * in batches of at most 100 events and 500 kB, 32 kB an event. Our id is the `messageId`, by which
 * Segment takes out repetitions. An exposure is an `Experiment Viewed`, as Segment's specification of
 * A/B tests has it. An event without a user is parked, since Segment would drop it in silence.
 *
 * Throws a `TypeError` where the key is empty or not a text, or the host is not a URL.
 *
 * Source: https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/server/http-api
 *
 * @example
 * ```ts
 * import { segmentSink } from "@growthstream/sdk/delivery";
 * import { assertEquals } from "@std/assert";
 *
 * const rudderStack = segmentSink({
 *   name: "rudderstack",
 *   writeKey: "abc",
 *   host: "https://example.dataplane.rudderstack.com",
 * });
 * assertEquals(rudderStack.name, "rudderstack");
 * ```
 */
export function segmentSink(options: SegmentSinkOptions): Sink {
  const name = readName("segment", options);
  const { host = "https://api.segment.io" } = options;
  const key = checkSecret(name, "writeKey", options.writeKey);
  const { url, secrets } = endpoint(name, host, "/v1/batch");
  return serviceSink(
    {
      name,
      convention: {
        name: "Experiment Viewed",
        properties: (facts) =>
          present({
            experiment_id: facts.experimentKey,
            experiment_name: facts.experimentName,
            variation_id: facts.variationKey,
            variation_name: facts.variationName,
          }),
      },
      wire: (event, { name: eventName, properties, user }) => {
        if (user.userId === undefined && user.anonymousId === undefined) {
          throw new TypeError("It has no user: neither userId nor anonymousId");
        }
        return {
          type: "track",
          event: eventName,
          ...present({ userId: user.userId, anonymousId: user.anonymousId }),
          properties,
          messageId: event.id,
          timestamp: new Date(event.time).toISOString(),
          context: { library: { name: "growthstream", version: "0.1.0" } },
        };
      },
      request: (wires, now) => ({
        url,
        headers: {
          "content-type": "application/json",
          authorization: `Basic ${base64(`${key}:`)}`,
        },
        body: `{"batch":[${wires.map(({ json }) => json).join()}],"sentAt":${
          JSON.stringify(new Date(now).toISOString())
        }}`,
      }),
      // Of the 500 kB, something is left for the rest of the body.
      limits: { events: 100, bytes: 499_000, eventBytes: 32_000 },
      knowsIds: true,
      secrets: [key, ...secrets],
    },
    options,
    { writeKey: "any", host: "text" },
  );
}
