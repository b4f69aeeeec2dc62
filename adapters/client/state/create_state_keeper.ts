import type { ClientEvent } from "../client.ts";
import { attempt } from "../../support/attempt.ts";
import type { ClientInput } from "./client_input.ts";
import type { ClientState } from "./client_state.ts";
import { createNotifier, type Notifier } from "./create_notifier.ts";
import { createQueue } from "./create_queue.ts";
import { foldInput } from "./fold_input.ts";

/** What has to be done about a new state. */
export interface StateFollowers {
  /** Loads what the state needs, such as a user's sticky buckets; null for the first state. */
  readonly settle: (previous: ClientState | null) => void;
  /** Tells of the input that led to it. */
  readonly tellInput: (input: ClientInput, previous: ClientState) => void;
  /** Evaluates what is watched anew; gives what tells the subscribers, null where nothing has changed. */
  readonly evaluate: (
    input: ClientInput,
    previous: ClientState,
  ) => (() => void) | null;
}

/** The state of a client, and the one queue through which all changes of it go. */
export interface StateKeeper {
  /** The state. */
  readonly state: () => ClientState;
  /** Adds an input, or what gives it once those before it are done. */
  readonly add: (input: ClientInput | (() => ClientInput)) => void;
  /** Adds an input; one that follows at once from the input before it belongs to the same state. */
  readonly follow: (input: ClientInput) => void;
  /** Tells the listeners of an event, after the inputs that are waiting. */
  readonly emit: (event: ClientEvent) => void;
  /** Does something after the inputs that are waiting. */
  readonly later: (action: () => void) => void;
  /** Does something while inputs wait. */
  readonly hold: (action: () => void) => void;
  /** Announces a new state, before the subscribers of features get theirs. */
  readonly early: Notifier;
  /** Announces a new state, after they got theirs. */
  readonly late: Notifier;
  /** Tells of events. */
  readonly events: Notifier<ClientEvent>;
  /** Starts: `connect` is called while inputs wait. */
  readonly start: (followers: StateFollowers, connect: () => void) => void;
}

/** Makes the keeper of a client's state: a fold over one queue of inputs. */
export function createStateKeeper(
  initial: ClientState,
  onError: (error: unknown) => void,
): StateKeeper {
  const early = createNotifier(onError);
  const late = createNotifier(onError);
  const events = createNotifier<ClientEvent>(onError);
  let state = initial;
  let isSettling = false;
  let followers: StateFollowers | null = null;

  const settle = (previous: ClientState | null) => {
    isSettling = true;
    attempt(() => followers?.settle(previous), onError);
    isSettling = false;
  };
  const advance = (input: ClientInput) => {
    const previous = state;
    state = foldInput(previous, input);
    if (state === previous) return;
    settle(previous);
    followers?.tellInput(input, previous);
    const tell = followers?.evaluate(input, previous);
    early.notify();
    tell?.();
    late.notify();
  };
  const queue = createQueue(onError);
  const add: StateKeeper["add"] = (input) =>
    queue.add(() => advance(typeof input === "function" ? input() : input));
  return {
    state: () => state,
    add,
    follow: (input) => {
      if (isSettling) state = foldInput(state, input);
      else add(input);
    },
    emit: (event) => queue.add(() => events.notify(event)),
    later: queue.add,
    hold: queue.hold,
    early,
    late,
    events,
    start: (given, connect) => {
      followers = given;
      queue.hold(() => {
        settle(null);
        connect();
      });
    },
  };
}
