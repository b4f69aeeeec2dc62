import type { Hydration } from "./hydration/create_hydration.ts";
import type { Settings } from "./inputs/read_options.ts";
import type { TellMisuse } from "./inputs/read_record.ts";
import type { PayloadKnowledge } from "./payload/payload_knowledge.ts";
import type { Scope } from "./reads/scope.ts";
import type { Recorder } from "./recording/decisions/create_recorder.ts";
import type { Recording } from "./recording/create_recording.ts";
import type { StateKeeper } from "./state/create_state_keeper.ts";
import type { StickyBuckets } from "./sticky/create_sticky_buckets.ts";
import type { StreamHub } from "./streams/create_stream.ts";
import type { FeatureWatches } from "./streams/feature_watches.ts";

/** The parts of a client, put together. Each part names those it needs. */
export interface ClientCore {
  /** What the client was made with. */
  readonly options: Settings;
  /** The state and the queue of inputs. */
  readonly keeper: StateKeeper;
  /** The client's own user. */
  readonly scope: Scope;
  /** What decides and records. */
  readonly recorder: Recorder;
  /** Where events go. */
  readonly recording: Recording;
  /** What is known of the page that a server rendered; null without the option `hydrate`. */
  readonly hydration: Hydration | null;
  /** What streams share. */
  readonly hub: StreamHub;
  /** What is known of payloads. */
  readonly definitions: PayloadKnowledge;
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
  /** Is called with each error. */
  readonly onError: (error: unknown) => void;
  /** Is called with each mistake of the application, once. */
  readonly tell: TellMisuse;
}
