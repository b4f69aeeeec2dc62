import type { JsonObject, JsonValue } from "../../../core/types/json.ts";
import type { Sink } from "../sink.ts";
import type { SinkUser } from "./mapping/sink_user.ts";
import { checkSecret, endpoint } from "./service/endpoint.ts";
import { serviceSink } from "./service/service_sink.ts";
import {
  readName,
  type ServiceSinkOptions,
} from "./service/service_options.ts";

/** How events are sent to Google Analytics 4. */
export interface Ga4SinkOptions extends ServiceSinkOptions {
  /** The measurement id of the web stream, such as `G-ABC123`. */
  readonly measurementId: string;
  /** A secret of the Measurement Protocol, made in the settings of the stream. */
  readonly apiSecret: string;
  /**
   * The host: `https://www.google-analytics.com` by default, `https://region1.google-analytics.com` for
   * data that is to stay in the EU.
   */
  readonly host?: string;
}

/** So far back Google Analytics dates an event, less an hour for what is on its way. */
const longestAge = 71 * 3_600_000;

/**
 * Sends events to Google Analytics 4 by its Measurement Protocol: a request for each user, of at most 25
 * events. An exposure is an `experiment_viewed`, the event that GrowthBook looks for there. Google
 * dates an event 72 hours back at most, so what is older than 71 is parked as `too-old`. It knows no
 * ids: ours is the parameter `growthstream_id`, and a custom event of which it is not known whether it
 * arrived is parked as `unsure`. Its answer is 204 to whatever it is sent, even a wrong secret.
 *
 * Throws a `TypeError` where the id or the secret is empty or not a text, or the host is not a URL.
 *
 * Source: https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference
 *
 * @example
 * ```ts
 * import { ga4Sink } from "@growthstream/sdk/delivery";
 * import { assertEquals } from "@std/assert";
 *
 * const sink = ga4Sink({ measurementId: "G-ABC123", apiSecret: "abc" });
 * assertEquals([sink.limits.events, sink.limits.age], [25, 71 * 3_600_000]);
 * ```
 */
export function ga4Sink(options: Ga4SinkOptions): Sink {
  const name = readName("ga4", options);
  const { host = "https://www.google-analytics.com" } = options;
  const secret = checkSecret(name, "apiSecret", options.apiSecret);
  const measurementId = checkSecret(
    name,
    "measurementId",
    options.measurementId,
  );
  const path = `/mp/collect?measurement_id=${
    encodeURIComponent(measurementId)
  }&api_secret=${encodeURIComponent(secret)}`;
  const { url, authorization, secrets } = endpoint(name, host, path);
  return serviceSink(
    {
      name,
      convention: {
        name: "experiment_viewed",
        properties: ({ experimentKey, variationKey }) => ({
          experiment_id: experimentKey,
          variation_id: variationKey,
        }),
      },
      wire: (event, { name: eventName, properties, user }) => ({
        user: bodyUser(user),
        event: {
          name: eventNameOf(eventName),
          timestamp_micros: Math.trunc(event.time) * 1_000,
          params: { ...ga4Params(properties), growthstream_id: event.id },
        },
      }),
      groupOf: ({ value }) => JSON.stringify((value as Ga4Wire).user),
      request: (wires) => ({
        url,
        headers: {
          "content-type": "application/json",
          ...(authorization === null ? {} : { authorization }),
        },
        body: JSON.stringify({
          ...(wires[0]?.value as Ga4Wire | undefined)?.user ??
            { client_id: "growthstream" },
          events: wires.map(({ value }) => (value as Ga4Wire).event),
        }),
      }),
      limits: {
        events: 25,
        bytes: 125_000,
        eventBytes: 100_000,
        age: longestAge,
        requests: 5,
      },
      knowsIds: false,
      secrets: [secret, ...secrets],
    },
    options,
    { measurementId: "any", apiSecret: "any", host: "text" },
  );
}

interface Ga4Wire {
  readonly user: JsonObject;
  readonly event: JsonObject;
}

// Every request has a client; where only the user is known, that stands for both.
function bodyUser({ userId, anonymousId }: SinkUser): JsonObject {
  const clientId = anonymousId ?? userId;
  if (clientId === undefined) {
    throw new TypeError("It has no user: neither userId nor anonymousId");
  }
  return userId === undefined
    ? { client_id: clientId }
    : { client_id: clientId, user_id: userId };
}

// Google drops events with these names.
const reservedNames: readonly string[] = [
  "ad_activeview",
  "ad_click",
  "ad_exposure",
  "ad_impression",
  "ad_query",
  "ad_reward",
  "adunit_exposure",
  "app_background",
  "app_clear_data",
  "app_exception",
  "app_install",
  "app_remove",
  "app_store_refund",
  "app_store_subscription_cancel",
  "app_store_subscription_convert",
  "app_store_subscription_renew",
  "app_update",
  "app_upgrade",
  "dynamic_link_app_open",
  "dynamic_link_app_update",
  "dynamic_link_first_open",
  "error",
  "first_open",
  "first_visit",
  "in_app_purchase",
  "notification_dismiss",
  "notification_foreground",
  "notification_open",
  "notification_receive",
  "os_update",
  "session_start",
  "session_start_with_rollout",
  "user_engagement",
];

function eventNameOf(name: string): string {
  const safe = ga4Name(name);
  return reservedNames.includes(safe) ? `e_${safe}` : safe;
}

// Letters, digits and underscores, beginning with a letter and not as Google's own do, 40 characters at
// most.
function ga4Name(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_]/g, "_").slice(0, 40);
  return /^(?!firebase_|ga_|google_)[A-Za-z]/.test(safe)
    ? safe
    : `e_${safe}`.slice(0, 40);
}

// Parameters are texts of at most 100 characters, and numbers; 25 of them at most with ours.
function ga4Params(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).slice(0, 24).map((
      [name, value],
    ) => [ga4Name(name), ga4Value(value)]),
  );
}

function ga4Value(value: JsonValue): JsonValue {
  if (typeof value === "number") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.slice(0, 100);
}
