import { evolveStickyBuckets } from "../../core/sticky/evolve_sticky_buckets.ts";
import type { Context } from "../../core/types/context.ts";
import type { StickyBucketAssigned } from "../../core/types/decision_event.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { ClientState } from "./client_state.ts";
import { createReads, type LooseReads } from "./create_reads.ts";
import type { Recorder } from "./create_recorder.ts";
import { definitionsOf } from "./definitions_of.ts";
import type { User } from "./user.ts";

/** What a view needs of its client. */
export interface ViewedClient {
  /** The state, as it is. */
  readonly state: () => ClientState;
  /** What records. */
  readonly recorder: Recorder;
  /** Saves an assignment. */
  readonly save: (event: StickyBucketAssigned) => void;
}

/**
 * Makes a user's view of a client. It holds on to the user and the client, nobody holds on to it.
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
  return createReads({
    context: read,
    payload: () => payload ?? client.state().payload,
    awaits: () => false,
    awaitsExperiments: () => false,
    assign: (event) => {
      if (documents === undefined) return false;
      const next = evolveStickyBuckets(documents, event);
      if (next === documents) return false;
      documents = next;
      context = { ...read(), stickyBucketAssignmentDocs: next };
      client.save(event);
      return true;
    },
  }, client.recorder);
}

// The client's sticky buckets are those of its own user.
function layUser(
  base: Context<object>,
  user: User,
  documents: Context["stickyBucketAssignmentDocs"],
  payload: Payload | null,
): Context<object> {
  const { stickyBucketAssignmentDocs: _, ...context } = base as Changing;
  context.attributes = isEmpty(base.attributes)
    ? user.attributes
    : { ...base.attributes, ...user.attributes };
  if (user.url !== undefined) context.url = user.url;
  if (user.forcedVariations !== undefined) {
    context.forcedVariations = user.forcedVariations;
  }
  if (user.forcedFeatureValues !== undefined) {
    context.forcedFeatureValues = user.forcedFeatureValues;
  }
  if (user.attributeOverrides !== undefined) {
    context.attributeOverrides = user.attributeOverrides;
  }
  if (payload !== null) Object.assign(context, definitionsOf(payload));
  return documents === undefined
    ? context
    : { ...context, stickyBucketAssignmentDocs: documents };
}

type Changing = {
  -readonly [Name in keyof Context<object>]: Context<object>[Name];
};

function isEmpty(record: object | undefined): boolean {
  for (const _ in record) return false;
  return true;
}
