import type { Owned } from "../collections/owned.ts";
import type { Projection } from "./projection.ts";
import type { NewEvent } from "./recorded_event.ts";

/** A step of a projection, which may change instead of copy what is in `owned`. */
export type OwnedStep<State, Event extends object> = (
  state: State,
  event: Event,
  owned: Owned | null,
) => State;

/**
 * Makes of one step the two ways to fold events: `evolve`, one at a time, and `fold`, many at once.
 * Within a batch nobody else sees a state, so what an event has made is changed by the next instead of
 * copied again. What was there before the batch is never changed.
 */
export function foldBatches<State, Event extends object = NewEvent>(
  step: OwnedStep<State, Event>,
): Required<Pick<Projection<State, Event>, "evolve" | "fold">> {
  return {
    evolve: (state, event) => step(state, event, null),
    fold: (state, events) => {
      const owned: Owned = new Set();
      let folded = state;
      for (const event of events) folded = step(folded, event, owned);
      return folded;
    },
  };
}
