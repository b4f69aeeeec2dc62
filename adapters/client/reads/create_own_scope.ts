import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type { PayloadKnowledge } from "../payload/payload_knowledge.ts";
import type { ClientState } from "../state/client_state.ts";
import { createResultMemory } from "./create_result_memory.ts";
import type { Scope } from "./scope.ts";

/** What the scope of a client's own user needs. */
export interface OwnScopeOptions {
  /** The state, as it is. */
  readonly state: () => ClientState;
  /** What is known of payloads. */
  readonly definitions: PayloadKnowledge;
  /** Keeps an assignment; false where it adds nothing to what is known by now. */
  readonly assign: (event: StickyBucketAssigned) => boolean;
  /** Gives what counts while a feature has to wait for the user's sticky buckets. */
  readonly waiting: Scope["waiting"];
  /** Tells whether the page still shows what a server rendered. */
  readonly showsExperiments: () => boolean;
}

/** Makes the scope of a client's own user. */
export function createOwnScope(
  { state, definitions, assign, waiting, showsExperiments }: OwnScopeOptions,
): Scope {
  const dependencies = (key: string) =>
    definitions.dependencies(state().payload, key);
  return {
    context: () => state().context,
    dependencies,
    identifiers: () => definitions.identifiers(state().payload),
    payload: () => state().payload,
    isTracked: true,
    awaits: (key) => {
      const { awaitedSticky } = state();
      if (awaitedSticky.length === 0) return false;
      const { stickyBuckets, attributes } = dependencies(key);
      return stickyBuckets &&
        attributes.some((name) => awaitedSticky.includes(name));
    },
    awaitsExperiments: () => state().awaitedSticky.length > 0,
    showsExperiments,
    assign,
    waiting,
    keep: createResultMemory(),
    seen: null,
  };
}
