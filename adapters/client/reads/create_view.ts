import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { ClientCore } from "../client_core.ts";
import type { ClientState } from "../state/client_state.ts";
import { createResultMemory } from "./create_result_memory.ts";
import { createReads, type LooseReads } from "./create_reads.ts";
import { layUser } from "./lay_user.ts";
import type { Scope } from "./scope.ts";
import type { User } from "./user.ts";

/** The parts of a client that a view needs. */
export type ViewedCore = Pick<
  ClientCore,
  "keeper" | "recorder" | "sticky" | "tell"
>;

/** The part of a scope that is the same for all views without a payload of their own. */
export type SharedScope = Pick<
  Scope,
  "payload" | "waiting" | "awaitsExperiments"
>;

/**
 * Makes a user's view of a client. It refers to the user and the client; the client does not refer to it.
 * It follows the client's state; what it evaluates is put together at the first read of each.
 *
 * `shared` is made once for all views; `payload` takes the place of the client's where the server made
 * one for the user.
 */
export function createView(
  core: ViewedCore,
  shared: SharedScope,
  user: User,
  payload: Payload | null,
): LooseReads {
  let seen: ClientState | null = null;
  let context: Context<object> = {};
  let documents = user.stickyBucketAssignmentDocs;

  const read = () => {
    const state = core.keeper.state();
    if (state !== seen) {
      seen = state;
      context = layUser(state.context, user, documents, payload);
    }
    return context;
  };
  return createReads({
    context: read,
    payload: payload === null ? shared.payload : () => payload,
    isTracked: user.tracking !== false,
    waiting: shared.waiting,
    awaitsExperiments: shared.awaitsExperiments,
    assign: (event) => {
      if (documents === undefined) return false;
      const next = evolveStickyBuckets(documents, event);
      if (next === documents) return false;
      documents = next;
      context = { ...read(), stickyBucketAssignmentDocs: next };
      core.sticky.save(event);
      return true;
    },
    keep: createResultMemory(),
    seen: null,
  }, core);
}
