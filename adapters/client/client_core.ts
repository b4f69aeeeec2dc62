import type { Experiment } from "../../core/types/experiment.ts";
import type { ClientEvent } from "./client.ts";
import type { ClientInput } from "./state/client_input.ts";
import type { ClientOptions } from "./client_options.ts";
import type { ClientState } from "./state/client_state.ts";
import type { Notifier } from "./state/create_notifier.ts";
import type { Recorder } from "./recording/create_recorder.ts";
import type { Recording } from "./recording/create_recording.ts";
import type { StickySaver } from "./sticky/create_sticky_saver.ts";
import type { StreamHub } from "./streams/create_stream.ts";
import type { FeatureWatches } from "./streams/feature_watches.ts";
import type { PayloadKnowledge } from "./payload/payload_knowledge.ts";
import type { Scope } from "./reads/scope.ts";

/** What the parts of a client share. Nobody else sees it. */
export interface ClientCore {
  /** What the client was made with. */
  readonly options: ClientOptions;
  /** What it knows. */
  readonly state: () => ClientState;
  /** The client's own user. */
  readonly scope: Scope;
  /** What decides and records. */
  readonly recorder: Recorder;
  /** Where events go. */
  readonly recording: Recording;
  /** Adds an input. */
  readonly add: (input: ClientInput) => void;
  /** What streams share. */
  readonly hub: StreamHub;
  /** What is known of payloads. */
  readonly definitions: PayloadKnowledge;
  /** The features that are subscribed to. */
  readonly watches: FeatureWatches;
  /** Tells of a new state, before those who watch features are told. */
  readonly early: Notifier;
  /** Tells of a new state, after they were told. */
  readonly late: Notifier;
  /** Those who want to hear of events. */
  readonly listeners: Set<(event: ClientEvent) => void>;
  /** The inline experiments that were run, by key; those of late where they are many. */
  readonly inline: ReadonlyMap<string, Experiment>;
  /** Is told that an inline experiment was run for the client's own user. */
  readonly ran: (experiment: Experiment) => void;
  /** Saves sticky buckets. */
  readonly saver: StickySaver;
  /** Asks the source for its payload. */
  readonly refresh: () => Promise<void>;
  /** Is aborted when the client is closed. */
  readonly ended: AbortSignal;
  /** Stops what goes on by itself. */
  readonly stop: () => void;
  /** Is told of what goes wrong. */
  readonly onError: (error: unknown) => void;
}
