import type { Client } from "../../client/client.ts";
import type { ClientStatus } from "../../client/client_status.ts";
import type { DeliveryReport } from "../../client/recording/consumers/consumer_report.ts";
import { refuseNoClient } from "../../client/inputs/refuse_no_client.ts";
import { checkOptions } from "../../support/check_options.ts";

/** What a probe asks of a client. */
export type ProbedClient = Pick<Client, "health" | "deliveries">;

/** How a client fares, as a probe is told. */
export interface HealthReport {
  /** Whether it serves: it has a payload, and was not closed. */
  readonly isServing: boolean;
  /** How it fares: `"ready"`, `"stale"`, `"initializing"`, `"error"` or `"closed"`. */
  readonly status: ClientStatus["status"];
  /** Why, for programs. */
  readonly code: string;
  /** Why, for people. */
  readonly reason: string;
  /** How old the payload is, in milliseconds, as `health()` of the client tells; null without one. */
  readonly payloadAge: number | null;
  /** How many failures the source reported. */
  readonly sourceFailures: number;
  /** The counts of each consumer. */
  readonly consumers: DeliveryReport;
}

/** What counts as healthy. */
export interface HealthOptions {
  /**
   * How old a payload may be that is not current, in milliseconds; as old as it gets by default, since the
   * last good payload goes on serving.
   */
  readonly maxStaleAge?: number;
}

/**
 * Tells how a client fares, for frameworks that have no `Response`. Throws a `TypeError` where `client`
 * is not a client or an option is unknown, and a `RangeError` where `maxStaleAge` is not a time.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { healthOf } from "@growthstream/sdk/web";
 * import { assertEquals } from "@std/assert";
 *
 * const client = createClient({ source: fixedSource({ features: {} }) });
 * const { isServing, status } = healthOf(client);
 * assertEquals([isServing, status], [true, "ready"]);
 * await client.close();
 * ```
 */
export function healthOf(
  client: ProbedClient,
  options: HealthOptions = {},
): HealthReport {
  refuseNoClient(client, ["health", "deliveries"]);
  checkOptions("tell the health", options, { maxStaleAge: "amount" });
  const { maxStaleAge = Infinity } = options;
  const { status: { status, code, reason }, payloadAge, sourceFailures } =
    client.health();
  const isFresh = (payloadAge ?? Infinity) <= maxStaleAge;
  return {
    isServing: status === "ready" || status === "stale" && isFresh,
    status,
    code,
    reason,
    payloadAge: payloadAge === null ? null : Math.round(payloadAge),
    sourceFailures,
    consumers: client.deliveries(),
  };
}

/**
 * Answers a probe: 200 while the client serves, also from its last good payload, and 503 before it has
 * one, after it was closed, and where what it serves is older than `maxStaleAge`. The body is JSON, a
 * {@linkcode HealthReport}; caches are told not to keep it.
 *
 * It tells what failed last, so it belongs on a port or path that the public does not reach. Throws as
 * {@linkcode healthOf} does.
 *
 * @example
 * ```ts
 * import { createClient, fixedSource } from "@growthstream/sdk/client";
 * import { healthResponse } from "@growthstream/sdk/web";
 * import { assertEquals } from "@std/assert";
 *
 * const client = createClient({ source: fixedSource({ features: {} }) });
 * assertEquals(healthResponse(client).status, 200);
 * await client.close();
 * assertEquals(healthResponse(client).status, 503);
 * ```
 */
export function healthResponse(
  client: ProbedClient,
  options: HealthOptions = {},
): Response {
  const report = healthOf(client, options);
  return new Response(`${JSON.stringify(report)}\n`, {
    status: report.isServing ? 200 : 503,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}
