/**
 * The client: features, attributes and payloads stream in, values and events stream out, by RxJS,
 * over an event log.
 *
 * @module
 */

export type { PauseReason } from "../delivery/machine/delivery_state.ts";
export type { DeliveryInfo } from "../delivery/event_handler.ts";
export type { Checkpoint } from "../log/port/checkpoint.ts";
export type { ConsumerKey } from "../log/port/consumer_key.ts";
export type {
  AppendOptions,
  Claim,
  ConsumerState,
  EventStore,
  StoredEvent,
  StorePositions,
} from "../log/port/event_store.ts";
export type { ErasedUser } from "../log/port/is_about.ts";
export type {
  ParkedEvent,
  ParkingEvent,
  ParkReason,
} from "../log/port/parked_event.ts";
export { memoryStore, type MemoryStoreOptions } from "../log/memory_store.ts";
export { fallbackSource } from "../sources/fallback_source.ts";
export { fileSource, type FileSourceOptions } from "../sources/file_source.ts";
export { fixedSource } from "../sources/fixed_source.ts";
export type {
  PayloadSource,
  RemoteEvaluation,
  RemoteUser,
} from "../sources/payload_source.ts";
export type { SourceReport } from "../sources/source_report.ts";
export {
  cookieStickyBuckets,
  type CookieStickyBucketsOptions,
} from "../sticky/cookie_sticky_buckets.ts";
export type { CookieAttributes } from "../sticky/describe_cookie.ts";
export {
  type LogStickyBuckets,
  logStickyBuckets,
  type LogStickyBucketsOptions,
} from "../sticky/log_sticky_buckets.ts";
export {
  memoryStickyBuckets,
  type MemoryStickyBucketsOptions,
} from "../sticky/memory_sticky_buckets.ts";
export type {
  StickyBucketStore,
  StickyDocumentName,
} from "../sticky/sticky_bucket_store.ts";
export type { StickySnapshot } from "../sticky/sticky_snapshot.ts";
export { webStorageStickyBuckets } from "../sticky/web_storage_sticky_buckets.ts";
export type { WebStorage, WebStorageAccess } from "../support/web_storage.ts";
export type { Observable } from "../support/observable.ts";
export type { Clock } from "../support/time/clock.ts";
export type { TimeoutOptions } from "../support/time/timeout_options.ts";
export type {
  Client,
  ClientEvent,
  ExperimentOutcome,
  FeatureResults,
  FlushReport,
} from "./client.ts";
export type {
  ForcedFeatureValues,
  ForcedVariations,
} from "./state/client_input.ts";
export type {
  ClientOptions,
  HydratedOptions,
  RecordingOptions,
  TrackingOptions,
} from "./client_options.ts";
export type { AsyncDisposal } from "./async_disposal.ts";
export type { ClientHealth } from "./client_health.ts";
export { type LogEntry, logLevels } from "./log/log_entry.ts";
export { clientStates, type ClientStatus } from "./client_status.ts";
export { closeOnSignal } from "./close_on_signal.ts";
export { createClient } from "./create_client.ts";
export type { ExposureIdentity } from "./recording/decisions/exposure_marks.ts";
export type { FeatureReads } from "./reads/feature_reads.ts";
export {
  type TestClient,
  testClient,
  type TestClientOptions,
} from "./test_client.ts";
export type {
  ExposedUser,
  TrackingCallback,
  TrackingInfo,
} from "./recording/consumers/tracking_callback.ts";
export type {
  ConsumerReport,
  DeliveryReport,
} from "./recording/consumers/consumer_report.ts";
export type { User } from "./reads/user.ts";
