import type { Sink } from "../sink.ts";
import { attributesOf } from "./mapping/sink_user.ts";
import { checkSecret, endpoint } from "./service/endpoint.ts";
import { serviceSink } from "./service/service_sink.ts";
import {
  readName,
  type ServiceSinkOptions,
} from "./service/service_options.ts";

/** How events are sent to GrowthBook. */
export interface GrowthbookSinkOptions extends ServiceSinkOptions {
  /** The client key of the SDK connection, such as `sdk-abc123`. */
  readonly clientKey: string;
  /**
   * The host of the ingest: `https://us-east-1.gb-ingest.com` by default,
   * `https://eu-west-1.gb-ingest.com` for organisations in the EU, or one's own.
   */
  readonly host?: string;
}

/**
 * Sends events to GrowthBook's managed warehouse: its ingestion API, with true event times, at most 100
 * events a request and a request a second. An exposure is an `Experiment Viewed`. The ingest knows no
 * ids: ours is the property `growthstream_id`, and a custom event of which it is not known whether it
 * arrived is parked as `unsure`.
 *
 * Throws a `TypeError` where the key is empty or not a text, or the host is not a URL.
 *
 * Source: https://docs.growthbook.io/app/event-forwarder
 *
 * @example
 * ```ts
 * import { growthbookSink } from "@growthstream/sdk/delivery";
 * import { assertEquals } from "@std/assert";
 *
 * const sink = growthbookSink({ clientKey: "sdk-abc123" });
 * assertEquals([sink.name, sink.limits.events, sink.limits.interval], ["growthbook", 100, 1000]);
 * ```
 */
export function growthbookSink(options: GrowthbookSinkOptions): Sink {
  const name = readName("growthbook", options);
  const { host = "https://us-east-1.gb-ingest.com" } = options;
  const key = checkSecret(name, "clientKey", options.clientKey);
  const path = `/track?client_key=${encodeURIComponent(key)}`;
  const { url, authorization, secrets } = endpoint(name, host, path);
  return serviceSink(
    {
      name,
      convention: {
        name: "Experiment Viewed",
        properties: (
          { experimentKey, variationKey, hashAttribute, hashValue },
        ) => ({
          experimentId: experimentKey,
          variationId: variationKey,
          hashAttribute,
          hashValue,
        }),
      },
      wire: (event, mapped) => ({
        event_name: mapped.name,
        properties: { ...mapped.properties, growthstream_id: event.id },
        attributes: {
          ...(event.user?.url === undefined ? {} : { url: event.user.url }),
          ...attributesOf(event),
        },
        timestamp: new Date(event.time).toISOString(),
      }),
      request: (wires, now) => {
        // The ingest takes the difference between the two times, which must not be negative.
        const sentAt = Math.max(
          now,
          ...wires.map(({ event }) => event.time + 1),
        );
        return {
          url,
          headers: {
            accept: "application/json",
            "content-type": "application/json",
            ...(authorization === null ? {} : { authorization }),
          },
          body: `{"sentAt":${
            JSON.stringify(new Date(sentAt).toISOString())
          },"events":[${wires.map(({ json }) => json).join()}]}`,
        };
      },
      limits: {
        events: 100,
        bytes: 1_000_000,
        eventBytes: 1_000_000,
        interval: 1_000,
      },
      knowsIds: false,
      secrets: [key, ...secrets],
    },
    options,
    { clientKey: "any", host: "text" },
  );
}
