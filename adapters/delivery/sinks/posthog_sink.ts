import type { Sink } from "../sink.ts";
import { uuidOf } from "./mapping/uuid_of.ts";
import { checkSecret, endpoint } from "./service/endpoint.ts";
import { serviceSink } from "./service/service_sink.ts";
import {
  readName,
  type ServiceSinkOptions,
} from "./service/service_options.ts";

/** How events are sent to PostHog. */
export interface PosthogSinkOptions extends ServiceSinkOptions {
  /** The project's API key, such as `phc_abc123`. */
  readonly apiKey: string;
  /**
   * The host: `https://us.i.posthog.com` by default, `https://eu.i.posthog.com` for projects in the EU,
   * or one's own.
   */
  readonly host?: string;
}

/**
 * Sends events to PostHog's batch API, at most 100 events and 1 MB of each. Our id is the `uuid`, by
 * which PostHog merges repetitions of the same day. An exposure is a `$feature_flag_called`: the
 * experiment's key is the flag, the variation's key its response, which PostHog's experiments count
 * without its flags. An event without a user is parked, since PostHog needs one.
 *
 * Throws a `TypeError` where the key is empty or not a text, or the host is not a URL.
 *
 * Source: https://posthog.com/docs/api/capture and
 * https://posthog.com/docs/experiments/running-experiments-without-feature-flags
 *
 * @example
 * ```ts
 * import { posthogSink } from "@growthstream/sdk/delivery";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(posthogSink({ apiKey: "phc_abc123" }).name, "posthog");
 * ```
 */
export function posthogSink(options: PosthogSinkOptions): Sink {
  const name = readName("posthog", options);
  const { host = "https://us.i.posthog.com" } = options;
  const key = checkSecret(name, "apiKey", options.apiKey);
  const { url, authorization, secrets } = endpoint(name, host, "/batch/");
  return serviceSink(
    {
      name,
      convention: {
        name: "$feature_flag_called",
        properties: ({ experimentKey, variationKey }) => ({
          $feature_flag: experimentKey,
          $feature_flag_response: variationKey,
          [`$feature/${experimentKey}`]: variationKey,
        }),
      },
      wire: (event, { name: eventName, properties, user }) => {
        const distinctId = user.userId ?? user.anonymousId;
        if (distinctId === undefined) {
          throw new TypeError("It has no user: neither userId nor anonymousId");
        }
        return {
          event: eventName,
          distinct_id: distinctId,
          properties: { ...properties, $lib: "growthstream" },
          timestamp: new Date(event.time).toISOString(),
          uuid: uuidOf(event.id),
        };
      },
      request: (wires) => ({
        url,
        headers: {
          "content-type": "application/json",
          ...(authorization === null ? {} : { authorization }),
        },
        // Without `sent_at`, PostHog takes the times as they are.
        body: `{"api_key":${JSON.stringify(key)},"batch":[${
          wires.map(({ json }) => json).join()
        }]}`,
      }),
      limits: { events: 100, bytes: 10_000_000, eventBytes: 1_000_000 },
      knowsIds: true,
      secrets: [key, ...secrets],
    },
    options,
    { apiKey: "any", host: "text" },
  );
}
