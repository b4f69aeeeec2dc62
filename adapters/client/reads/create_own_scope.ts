import { unknownFeature } from "../../../core/feature/feature_store.ts";
import { stickyExperiments } from "../../../core/sticky/sticky_experiments.ts";
import type { ClientCore } from "../client_core.ts";
import { createResultMemory } from "./create_result_memory.ts";
import type { Scope } from "./scope.ts";

/** The parts of a client that the scope of its own user needs. */
export type OwnCore = Pick<
  ClientCore,
  "keeper" | "sticky" | "hydration" | "wake"
>;

/** Makes the scope of a client's own user. */
export function createOwnScope(
  { keeper, sticky, hydration, wake }: OwnCore,
): Scope {
  const state = () => {
    wake();
    return keeper.state();
  };
  return {
    context: () => state().context,
    payload: () => state().payload,
    isTracked: true,
    waiting: (key) => {
      const { context, awaitedSticky } = state();
      const isWaiting = awaitedSticky.length > 0 &&
        stickyExperiments(context, key).some(({ attributes }) =>
          attributes.some((name) => awaitedSticky.includes(name))
        );
      return isWaiting
        ? hydration?.decision(key) ?? unknownFeature.byDefault
        : null;
    },
    waitingContext: () => {
      const { context, awaitedSticky } = state();
      if (awaitedSticky.length === 0) return null;
      // What a server has rendered stays: what the hash alone decides.
      return hydration?.isShown() ? context : { ...context, enabled: false };
    },
    assign: sticky.assign,
    keep: createResultMemory(),
    seen: null,
    unread: new Set(),
  };
}
