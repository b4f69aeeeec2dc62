import { clientStates } from "../../client/client_status.ts";
import type { ConsumerReport } from "../../client/recording/consumers/consumer_report.ts";
import type { ProbedClient } from "./health_response.ts";
import { refuseNoClient } from "../../client/inputs/refuse_no_client.ts";
import { checkOptions } from "../../support/check_options.ts";
import { type Metric, writeMetrics } from "./write_metrics.ts";

/** The `Content-Type` of what `metricsText` writes. */
export const metricsContentType: string =
  "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** How metrics are told apart. */
export interface MetricsOptions {
  /**
   * Labels of every sample, such as of one client among several: `{ client: "shop" }`. One that is undefined,
   * as a variable of the environment may be, is left out.
   */
  readonly labels?: { readonly [name: string]: string | undefined };
  /** The time, in milliseconds since 1970; the system's by default. */
  readonly now?: () => number;
}

/**
 * Writes the metrics of a client as OpenMetrics, which Prometheus reads: how it fares, how old its payload
 * is, failures and reconnects of its source, and for each consumer what was recorded, delivered,
 * dropped and repeated, what is pending and parked, whether it is paused, and how long the oldest
 * pending event has waited. Durations are in seconds, counts since the client was made.
 *
 * Answer with {@linkcode metricsContentType}. Throws a `TypeError` where `client` is not a client, an
 * option is unknown or of the wrong type, or the name of a label is not one of OpenMetrics.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { metricsContentType, metricsText } from "@growthstream/sdk/web";
 * import { assertEquals, assertMatch } from "@std/assert";
 *
 * const client = createClient({ source: fixedSource({ features: {} }) });
 * const text = metricsText(client);
 * const headers = { "content-type": metricsContentType };
 * const response = new Response(text, { headers });
 * assertMatch(text, /^growthstream_status\{growthstream_status="ready"\} 1$/m);
 * assertEquals(text.endsWith("# EOF\n"), true);
 * await client.close();
 * ```
 */
export function metricsText(
  client: ProbedClient,
  options: MetricsOptions = {},
): string {
  refuseNoClient(client, ["health", "deliveries"]);
  checkOptions("write metrics", options, { labels: "object", now: "function" });
  const { labels = {}, now = Date.now } = options;
  const { status, payloadAge, sourceFailures, sourceReconnects } = client
    .health();
  const metrics: Metric[] = [
    {
      name: "growthstream_status",
      type: "stateset",
      help: "How the client fares",
      samples: clientStates.map((state) => ({
        labels: { growthstream_status: state },
        value: state === status.status ? 1 : 0,
      })),
    },
    {
      name: "growthstream_payload_age_seconds",
      type: "gauge",
      unit: "seconds",
      help: "How long ago the payload came, or its source recovered",
      samples: payloadAge === null ? [] : [{ value: payloadAge / 1000 }],
    },
    {
      name: "growthstream_source_failures",
      type: "counter",
      help: "Failures that the source reported",
      samples: [{ value: sourceFailures }],
    },
    {
      name: "growthstream_source_reconnects",
      type: "counter",
      help:
        "How often the source recovered from a failure, or connected anew after a clean end",
      samples: [{ value: sourceReconnects }],
    },
    ...consumerMetrics(Object.entries(client.deliveries()), now()),
  ];
  return writeMetrics(metrics, labels);
}

type CountName =
  | "recorded"
  | "delivered"
  | "dropped"
  | "repeated"
  | "pending"
  | "parked";

type Consumers = readonly (readonly [name: string, report: ConsumerReport])[];

function consumerMetrics(
  consumers: Consumers,
  now: number,
): readonly Metric[] {
  const metric = (
    about: Omit<Metric, "samples">,
    read: (report: ConsumerReport) => number,
  ): Metric => ({
    ...about,
    samples: consumers.map(([consumer, report]) => ({
      labels: { consumer },
      value: read(report),
    })),
  });
  const events = (
    name: CountName,
    type: "counter" | "gauge",
    help: string,
  ) =>
    metric(
      { name: `growthstream_events_${name}`, type, help },
      (report) => report[name],
    );
  return [
    events("recorded", "counter", "Events that the consumer wants"),
    events("delivered", "counter", "Events that the consumer took"),
    events("dropped", "counter", "Events that were given up"),
    events("repeated", "counter", "Exposures that were stored before"),
    events("pending", "gauge", "Events that wait"),
    events("parked", "gauge", "Events that were put aside"),
    metric({
      name: "growthstream_consumer_paused",
      type: "gauge",
      help: "Whether nothing is delivered, for a reason that lasts",
    }, ({ pausedBecause }) => pausedBecause === null ? 0 : 1),
    metric(
      {
        name: "growthstream_delivery_lag_seconds",
        type: "gauge",
        unit: "seconds",
        help: "How long the oldest event has waited",
      },
      ({ oldestPending }) =>
        oldestPending === null ? 0 : Math.max(0, now - oldestPending) / 1000,
    ),
  ];
}
