/**
 * The event log in a file, by the SQLite that Deno, Bun and Node bring along.
 *
 * @module
 */
export type { EventStore, StorePositions } from "../log/port/event_store.ts";
export type { Observable } from "../support/observable.ts";
export type { Clock } from "../support/time/clock.ts";
export type {
  DurableStore,
  DurableStoreOptions,
  SnapshotStore,
  StorageStatus,
  StorageWarning,
} from "./durable/durable_options.ts";
export { durableStore } from "./durable/durable_store.ts";
export {
  type FoldableStore,
  foldLog,
  type FoldOptions,
} from "./snapshots/fold_log.ts";
export type {
  ProjectionSnapshot,
  SqliteRetention,
  SqliteStore,
  SqliteStoreOptions,
} from "./sqlite_options.ts";
export { sqliteStore } from "./sqlite_store.ts";
export {
  type StorageCode,
  storageCodes,
  type StorageFailure,
  storageFailure,
} from "./storage_failure.ts";
