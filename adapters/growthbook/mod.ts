/**
 * Payloads from GrowthBook's API: loaded, kept, streamed and decrypted, on bad days too.
 *
 * @module
 */

export { fileCache } from "./cache/file_cache.ts";
export type { PayloadCache } from "./cache/payload_cache.ts";
export { webStorageCache } from "./cache/web_storage_cache.ts";
export type { WebStorage, WebStorageAccess } from "../support/web_storage.ts";
export { growthbookSource } from "./growthbook_source.ts";
export type {
  CacheOptions,
  GrowthbookSourceOptions,
} from "./growthbook_options.ts";
export type {
  Arrival,
  PayloadSource,
  RemoteEvaluation,
  RemoteUser,
} from "../sources/payload_source.ts";
export type { SourceReport } from "../sources/source_report.ts";
export type { Observable } from "../support/observable.ts";
export type { Clock } from "../support/time/clock.ts";
