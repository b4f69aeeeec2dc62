import type { Observable } from "../../support/observable.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { SqliteStore } from "../sqlite_options.ts";
import type { StorageCode } from "../storage_failure.ts";

/** What a store has that keeps what projections have come to. */
export type SnapshotStore = Pick<
  SqliteStore,
  "saveSnapshot" | "loadSnapshot" | "clearSnapshots"
>;

/** How a durable store fares. */
export type StorageStatus =
  | {
    /** Events go to the disk. */
    readonly state: "ok";
  }
  | {
    /** Events are held in memory, until the disk takes them. */
    readonly state: "degraded";
    /** What is wrong with the disk. */
    readonly code: StorageCode;
    /** The same for people. */
    readonly message: string;
    /** Since when, in milliseconds since 1970-01-01T00:00:00Z. */
    readonly since: number;
  }
  | {
    /** It was closed. */
    readonly state: "closed";
    /** How many events were still in memory, and are lost. */
    readonly lost: number;
  };

/** What a durable store warns of. */
export interface StorageWarning {
  /** What is wrong with the disk; `lost` where events were in memory at the end. */
  readonly code: StorageCode | "lost";
  /** The same for people. */
  readonly message: string;
}

/** What there is to choose of a durable store. */
export interface DurableStoreOptions {
  /** Makes the store that holds events while the disk can't; `memoryStore()` by default. */
  readonly openMemory?: () => EventStore;
  /**
   * Is told of a disk that can't be used, and of events that were lost at the end, once for each code;
   * prints it to standard error by default.
   */
  readonly onWarning?: (warning: StorageWarning) => void;
  /** Tells the time, and wakes what waits; the clock of the runtime by default. */
  readonly clock?: Clock;
  /** Makes the id of the `storage.degraded` event; UUIDs of version 7 by default. */
  readonly createId?: () => string;
}

/**
 * A store that goes on in memory where its disk can't. It has the snapshots of its disk, where that
 * keeps any. There are none while the disk fails, and what is to be saved then is not: a log is folded
 * without. Neither is anything saved any more once events got other positions on the disk than they
 * had in memory, since a reader may have folded them under those.
 */
export interface DurableStore extends EventStore, SnapshotStore {
  /** How it fares, now and whenever that changes. */
  readonly status$: Observable<StorageStatus>;
}
