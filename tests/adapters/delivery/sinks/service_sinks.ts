import {
  ga4Sink,
  growthbookSink,
  mixpanelSink,
  posthogSink,
  segmentSink,
  type ServiceSinkOptions,
  type Sink,
  webhookSink,
} from "../../../../adapters/delivery/mod.ts";
import type { ServiceName } from "./service_schemas.ts";

/** Makes the sink of each service that speaks HTTP, for a server of the test's own. */
export const serviceSinks: {
  readonly [Name in ServiceName]: (
    host: string,
    options?: ServiceSinkOptions,
  ) => Sink;
} = {
  growthbook: (host, options) =>
    growthbookSink({ clientKey: "sdk-key/1", host, ...options }),
  segment: (host, options) =>
    segmentSink({ writeKey: "write-key-1", host, ...options }),
  posthog: (host, options) =>
    posthogSink({ apiKey: "phc_key-1", host, ...options }),
  mixpanel: (host, options) =>
    mixpanelSink({ token: "mp-token-1", host, ...options }),
  ga4: (host, options) =>
    ga4Sink({
      measurementId: "G-1",
      apiSecret: "ga-secret-1",
      host,
      ...options,
    }),
  webhook: (host, options) =>
    webhookSink({
      url: `${host}/hook?tenant=t-secret-1`,
      secret: "hook-secret-1",
      ...options,
    }),
};

/** What no log, error, event or report may hold. */
export const allSecrets: readonly string[] = [
  "sdk-key",
  "write-key-1",
  btoa("write-key-1:"),
  "phc_key-1",
  "mp-token-1",
  btoa("mp-token-1:"),
  "ga-secret-1",
  "t-secret-1",
  "hook-secret-1",
  "url-password-1",
];

/** The names of the services that speak HTTP. */
export const serviceNames: readonly ServiceName[] = Object.keys(
  serviceSinks,
) as ServiceName[];
