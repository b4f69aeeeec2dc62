import type { ClientStatus } from "./client_status.ts";

/** How a client and its source fare, for probes and monitoring. */
export interface ClientHealth {
  /** How the client fares now. */
  readonly status: ClientStatus;
  /**
   * How long ago the payload that serves came, or the source last recovered, in milliseconds; null
   * without a payload. While the status is `ready` the payload is current, however old it is.
   */
  readonly payloadAge: number | null;
  /** How many failures the source reported since the client was made. */
  readonly sourceFailures: number;
  /** How often the source recovered from a failure, or connected anew after a clean end. */
  readonly sourceReconnects: number;
}
