/**
 * Servers: the user of a request, whatever the framework; and how a client fares, for probes and
 * monitoring.
 *
 * @module
 */
export {
  attributesOf,
  type AttributesOptions,
} from "./request/attributes_of.ts";
export { readIdentity, type ReadIdentityOptions } from "./read_identity.ts";
export {
  loadRequestUser,
  type RequestUser,
  requestUser,
} from "./request_user.ts";
export type { RequestClient } from "./create_request_users.ts";
export type { RequestHeaders, RequestLike } from "./request/request_like.ts";
export type { RequestUserOptions } from "./request_user_options.ts";
export {
  healthOf,
  type HealthOptions,
  type HealthReport,
  healthResponse,
  type ProbedClient,
} from "./health/health_response.ts";
export {
  metricsContentType,
  type MetricsOptions,
  metricsText,
} from "./health/metrics_text.ts";
