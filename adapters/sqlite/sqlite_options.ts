import type { JsonValue } from "../../core/types/json.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { EventStore } from "../log/port/event_store.ts";
import { showValue } from "../../core/payload/read/show_value.ts";
import { checkOptions } from "../support/check_options.ts";
import type { Clock } from "../support/time/clock.ts";

/**
 * How much a log keeps. Past one of its bounds the oldest events go, read by all or not, down to nine
 * tenths of that bound. It is looked at now and then, when events are appended: a log may exceed its
 * bounds by a thousand events, or a minute.
 */
export interface SqliteRetention {
  /** The most events. */
  readonly capacity?: number;
  /**
   * How long an event may be in the log, in milliseconds, whatever time it carries. A clock that is set
   * ahead does not make events older.
   */
  readonly maxAge?: number;
  /**
   * The most bytes that events take in the file, to about a tenth. What is kept beside them does not
   * count: payloads, snapshots, and the ids that are remembered, which take some 40 bytes each, and marks.
   */
  readonly maxBytes?: number;
}

/** What there is to choose of a log in a file. */
export interface SqliteStoreOptions {
  /**
   * Whether what was appended also survives a power failure (SQLite's `synchronous = FULL`, a
   * write to the disk for each append). False by default: it survives the end of the process, but
   * the machine's may take the last moments.
   */
  readonly powerSafe?: boolean;
  /** How long to wait for another process that writes, in milliseconds; 5,000 by default. */
  readonly busyTimeout?: number;
  /** How much to keep; everything by default. */
  readonly retention?: SqliteRetention;
  /** How often to look whether another process wrote, in milliseconds; 100 by default. */
  readonly pollInterval?: number;
  /** How many ids of events that were pruned to remember; 100,000 by default. */
  readonly rememberedIds?: number;
  /**
   * How many exposures to remember, so that each is kept once; 1,000,000 by default. At 0 each is kept
   * as often as it comes, and at `Infinity` once for as long as it is to be. One takes some 30 bytes of
   * the file, and of the memory of each process that appends exposures.
   */
  readonly rememberedExposures?: number;
  /** Whether only to read, from a file that must be there; false by default. */
  readonly readOnly?: boolean;
  /** Tells the time, and wakes what waits; the clock of the runtime by default. */
  readonly clock?: Clock;
  /** Makes the ids of `events.dropped` events; UUIDs of version 7 by default. */
  readonly createId?: () => string;
}

/** Throws a `TypeError` or `RangeError` for a path or an option that can't be used. */
export function checkSqliteOptions(
  path: string,
  options: SqliteStoreOptions,
): void {
  const task = "keep the event log";
  if (typeof path !== "string") {
    throw new TypeError(
      `Cannot ${task}: path should be a text, the current value is ${
        showValue(path)
      }`,
    );
  }
  checkOptions(task, options, {
    powerSafe: "boolean",
    busyTimeout: "amount",
    retention: "object",
    pollInterval: "bound",
    rememberedIds: "amount",
    rememberedExposures: "amount",
    readOnly: "boolean",
    clock: "clock",
    createId: "function",
  });
  checkOptions(`${task} by its retention`, options.retention ?? {}, {
    capacity: "bound",
    maxAge: "bound",
    maxBytes: "bound",
  });
}

/** What a projection had come to at a position. */
export interface ProjectionSnapshot {
  /** The projection's name. */
  readonly name: string;
  /** The version of the state's shape. */
  readonly version: number;
  /** The position of the last event that is in the state. */
  readonly position: number;
  /** The state. */
  readonly state: JsonValue;
}

/** A log in a file, and what else is kept there. */
export interface SqliteStore extends EventStore {
  /**
   * Keeps what a projection has come to, so that the events before need not be folded again. One of
   * the same version that is further is left alone, and so are those of other versions: they stay until
   * `clearSnapshots`.
   */
  readonly saveSnapshot: (snapshot: ProjectionSnapshot) => Promise<void>;
  /** What a projection had come to; null where nothing of that version is kept, or it is damaged. */
  readonly loadSnapshot: (
    name: string,
    version: number,
  ) => Promise<ProjectionSnapshot | null>;
  /**
   * Throws away what projections had come to, of all versions. It can be folded again from the events
   * that are left: what was known of those that were pruned is gone.
   */
  readonly clearSnapshots: () => Promise<void>;
  /** The payload with a digest, where a `payload.loaded` event brought it; null where none did. */
  readonly payload: (digest: string) => Promise<Payload | null>;
}
