import type { NewEvent } from "../types/recorded_event.ts";

/**
 * A fold over events: what is known once they have happened. `evolve` is pure: it returns a new
 * state, or the same one where an event says nothing about it, and skips types and versions that it
 * does not know.
 */
export interface Projection<State, Event extends object = NewEvent> {
  /** What it is called, for snapshots. */
  readonly name: string;
  /** The version of the state's shape, from 1. A snapshot of another version is not used. */
  readonly version: number;
  /** What is known before anything has happened. */
  readonly initial: State;
  /** What is known after an event. */
  readonly evolve: (state: State, event: Event) => State;
  /**
   * What is known after some events: the same as `evolve` for one after the other, where there is a
   * faster way to fold many at once. It is as pure: the given state stays what it is.
   */
  readonly fold?: (state: State, events: readonly Event[]) => State;
  /**
   * The same state in a form that is quicker to write down as JSON and to bring back, where states get
   * large. Everything takes it as it takes any state.
   */
  readonly pack?: (state: State) => State;
}
