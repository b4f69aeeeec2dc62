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
export type { Clock } from "../support/clock.ts";
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
