import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { Context } from "../../../core/types/context.ts";
import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { TellMisuse } from "../inputs/read_record.ts";
import type { ClientState } from "../state/client_state.ts";
import { createResultMemory } from "./create_result_memory.ts";
import { createReads, type LooseReads } from "./create_reads.ts";
import type { Recorder } from "../recording/decisions/create_recorder.ts";
import { layUser } from "./lay_user.ts";
import type { PayloadKnowledge } from "../payload/payload_knowledge.ts";
import type { Scope } from "./scope.ts";
import type { User } from "./user.ts";

/** What a view needs of its client. */
export interface ViewedClient {
  /** The state, as it is. */
  readonly state: () => ClientState;
  /** What a view asks of the client's payload as the client does, made once for all views. */
  readonly shared: SharedScope;
  /** What is known of payloads. */
  readonly definitions: PayloadKnowledge;
  /** What records. */
  readonly recorder: Recorder;
  /** Is called with each mistake of the application. */
  readonly tell: TellMisuse;
  /** Saves an assignment. */
  readonly save: (event: StickyBucketAssigned) => void;
}

/** The part of a scope that is the same for all views without a payload of their own. */
export type SharedScope = Pick<
  Scope,
  | "dependencies"
  | "identifiers"
  | "payload"
  | "awaits"
  | "waiting"
  | "awaitsExperiments"
>;

/**
 * Makes a user's view of a client. It refers to the user and the client; the client does not refer to it.
 * It follows the client's state; what it evaluates is put together at the first read of each.
 *
 * `payload` takes the place of the client's where the server made one for the user.
 */
export function createView(
  client: ViewedClient,
  user: User,
  payload: Payload | null,
): LooseReads {
  let seen: ClientState | null = null;
  let context: Context<object> = {};
  let documents = user.stickyBucketAssignmentDocs;

  const read = () => {
    const state = client.state();
    if (state !== seen) {
      seen = state;
      context = layUser(state.context, user, documents, payload);
    }
    return context;
  };
  const { shared } = client;
  return createReads({
    context: read,
    dependencies: shared.dependencies,
    identifiers: shared.identifiers,
    payload: shared.payload,
    isTracked: user.tracking !== false,
    awaits: shared.awaits,
    waiting: shared.waiting,
    awaitsExperiments: shared.awaitsExperiments,
    ...(payload === null ? null : ownPayload(client, payload)),
    assign: (event) => {
      if (documents === undefined) return false;
      const next = evolveStickyBuckets(documents, event);
      if (next === documents) return false;
      documents = next;
      context = { ...read(), stickyBucketAssignmentDocs: next };
      client.save(event);
      return true;
    },
    keep: createResultMemory(),
    seen: null,
  }, client);
}

function ownPayload(
  { definitions }: ViewedClient,
  payload: Payload,
): Pick<Scope, "dependencies" | "payload"> {
  return {
    dependencies: (key) => definitions.dependencies(payload, key),
    payload: () => payload,
  };
}
