import type { ClientBase } from "./client_base.ts";
import type { Hydration } from "./hydration/create_hydration.ts";
import type { Scope } from "./reads/scope.ts";
import type { Recorder } from "./recording/decisions/create_recorder.ts";
import type { Recording } from "./recording/create_recording.ts";
import type { StickyBuckets } from "./sticky/create_sticky_buckets.ts";
import type { StreamHub } from "./streams/create_hub.ts";
import type { FeatureWatches } from "./streams/feature_watches.ts";

/** The parts of a client, put together. Each part names those it needs. */
export interface ClientCore extends ClientBase {
  /** The client's own user. */
  readonly scope: Scope;
  /** What decides and records. */
  readonly recorder: Recorder;
  /** Where events go. */
  readonly recording: Recording;
  /** What is known of the page that a server rendered; null without the option `hydrate`. */
  readonly hydration: Hydration | null;
  /** What makes its streams. */
  readonly hub: StreamHub;
  /** The features that are subscribed to. */
  readonly watches: FeatureWatches;
  /** The users' sticky buckets. */
  readonly sticky: StickyBuckets;
  /** Lets the source begin where the runtime did not allow that before. */
  readonly wake: () => void;
  /** Asks the source for its payload. */
  readonly refresh: () => Promise<void>;
  /** Gives what is aborted when the client is closed. */
  readonly ended: () => AbortSignal;
  /** Stops what goes on by itself. Never throws. */
  readonly stop: () => void;
}
