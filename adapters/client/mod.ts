/**
 * The client: features, attributes and payloads stream in, values and events stream out, by RxJS,
 * over an event log.
 *
 * @module
 */

export {
  consume,
  type ConsumeOptions,
  type Consumer,
  type ConsumerCounts,
} from "../log/consume.ts";
export type { EventHandler } from "../log/event_handler.ts";
export type { EventStore, StorePositions } from "../log/event_store.ts";
export { memoryStore, type MemoryStoreOptions } from "../log/memory_store.ts";
export { fixed } from "../sources/fixed.ts";
export type {
  PayloadSource,
  RemoteEvaluation,
  RemoteUser,
} from "../sources/payload_source.ts";
export type { SourceReport } from "../sources/source_report.ts";
export type {
  StickyBucketStore,
  StickyDocumentName,
} from "../sticky/sticky_bucket_store.ts";
export type { Clock } from "../support/clock.ts";
export type {
  Client,
  ClientEvent,
  ExperimentOutcome,
  FeatureResults,
  FlushReport,
  SubscriptionOptions,
  TimeLimit,
} from "./client.ts";
export type { ForcedFeatureValues, ForcedVariations } from "./client_input.ts";
export type { ClientOptions } from "./client_options.ts";
export { clientStates, type ClientStatus } from "./client_status.ts";
export { createClient } from "./create_client.ts";
export type { FeatureReads } from "./feature_reads.ts";
export type { ExposedUser, TrackingCallback } from "./tracking_callback.ts";
export type { User } from "./user.ts";
