import { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { ClientCore } from "../client_core.ts";
import type { ClientState } from "../state/client_state.ts";
import { createResultMemory } from "./create_result_memory.ts";
import { createReads, type LooseReads } from "./create_reads.ts";
import { layUser } from "./lay_user.ts";
import type { User } from "./user.ts";

/** The parts of a client that a view needs. */
export type ViewedCore = Pick<
  ClientCore,
  "keeper" | "recorder" | "sticky" | "tell"
>;

/**
 * Makes a user's view of a client. It refers to the user and the client; the client does not refer to it.
 * It follows the client's state; what it evaluates is put together at the first read of each.
 *
 * `payload` takes the place of the client's where the server made one for the user.
 */
export function createView(
  core: ViewedCore,
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
    payload: () => payload ?? core.keeper.state().payload,
    isTracked: user.tracking !== false,
    waiting: waitForNothing,
    waitingContext: waitForNothing,
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

// What a user has to be waited for is there before the view is made.
function waitForNothing(): null {
  return null;
}
