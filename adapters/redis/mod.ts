/**
 * What a fleet of processes shares, in Redis or Valkey.
 *
 * @module
 */
export type { EventStore, StorePositions } from "../log/port/event_store.ts";
export type {
  StickyBucketStore,
  StickyDocumentName,
} from "../sticky/sticky_bucket_store.ts";
export type { StorageCode } from "../sqlite/storage_failure.ts";
export type { Observable } from "../support/observable.ts";
export type { Clock } from "../support/time/clock.ts";
export type {
  BunClient,
  CallingClient,
  RedisClient,
  SendingClient,
  SendingCluster,
} from "./client/redis_client.ts";
export { redisStore } from "./store/redis_store.ts";
export {
  type RedisReplicas,
  type RedisRetention,
  type RedisStatus,
  type RedisStore,
  type RedisStoreOptions,
  type RedisWarning,
  redisWarningCodes,
} from "./store/redis_store_options.ts";
export { redisSource } from "./source/redis_source.ts";
export type { RedisSourceOptions } from "./source/redis_source_options.ts";
export {
  type RedisStickyBuckets,
  redisStickyBuckets,
  type RedisStickyBucketsOptions,
} from "./sticky/redis_sticky_buckets.ts";
export type {
  Arrival,
  PayloadSource,
  RemoteEvaluation,
  RemoteUser,
} from "../sources/payload_source.ts";
export type { SourceReport } from "../sources/source_report.ts";
