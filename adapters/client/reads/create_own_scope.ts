import type { ClientCore } from "../client_core.ts";
import { createResultMemory, unknownResult } from "./create_result_memory.ts";
import type { Scope } from "./scope.ts";

/** The parts of a client that the scope of its own user needs. */
export type OwnCore = Pick<
  ClientCore,
  "keeper" | "definitions" | "sticky" | "hydration" | "wake"
>;

/** Makes the scope of a client's own user. */
export function createOwnScope(
  { keeper, definitions, sticky, hydration, wake }: OwnCore,
): Scope {
  const state = () => {
    wake();
    return keeper.state();
  };
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
    showsExperiments: () => hydration?.isShown() ?? false,
    assign: sticky.assign,
    waiting: (key) => hydration?.decision(key) ?? unknownResult,
    keep: createResultMemory(),
    seen: null,
  };
}
