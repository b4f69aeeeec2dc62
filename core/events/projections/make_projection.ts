import type { Owned } from "../../collections/owned.ts";
import type { Projection } from "./projection.ts";
import type { NewEvent } from "../types/recorded_event.ts";

/** A projection by its step. */
export interface ProjectionDefinition<State, Event extends object>
  extends Omit<Projection<State, Event>, "evolve" | "fold"> {
  /** What is known after an event. What is in `owned` may be changed instead of copied. */
  readonly step: (state: State, event: Event, owned: Owned | null) => State;
}

/**
 * Makes of one step the two ways to fold events: `evolve`, one at a time, and `fold`, many at once.
 * Within a batch no other code sees a state, so what an event has made is changed by the next instead of
 * copied again. What was there before the batch is never changed.
 */
export function makeProjection<State, Event extends object = NewEvent>(
  { step, ...rest }: ProjectionDefinition<State, Event>,
): Projection<State, Event> {
  return {
    ...rest,
    evolve: (state, event) => step(state, event, null),
    fold: (state, events) => {
      const owned: Owned = new Set();
      let folded = state;
      for (const event of events) folded = step(folded, event, owned);
      return folded;
    },
  };
}
