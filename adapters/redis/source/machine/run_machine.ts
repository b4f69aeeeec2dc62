import { advanceSource } from "./advance_source.ts";
import {
  type FleetSourceAction,
  type FleetSourceInput,
  type FleetSourceSettings,
  type FleetSourceState,
  initialSourceState,
} from "./source_state.ts";

/** The machine of a fleet's source, which runs. */
export interface RunningMachine {
  /** Tells it what happened. Rejects with the first failure of what it does about that. */
  readonly advance: (input: FleetSourceInput) => Promise<void>;
  /** Where it is. */
  readonly state: () => FleetSourceState;
}

/** What the machine does that is no input. */
export type FleetSourceTask = Exclude<
  FleetSourceAction,
  { readonly type: "then" }
>;

/** What the machine runs with. */
export interface MachineHost {
  readonly settings: FleetSourceSettings;
  /** How many milliseconds have passed since some moment. */
  readonly time: () => number;
  /** Ends it: nothing is done any more. */
  readonly signal: AbortSignal;
  /** Does what is to be done. */
  readonly perform: (task: FleetSourceTask) => Promise<unknown> | void;
}

/** Runs the machine {@linkcode advanceSource}: one action after the other, those that fail too. */
export function runMachine(
  { settings, time, signal, perform }: MachineHost,
): RunningMachine {
  let state = initialSourceState;
  const act = (action: FleetSourceAction) => {
    if (signal.aborted) return;
    return action.type === "then" ? advance(action.input) : perform(action);
  };
  const advance = async (input: FleetSourceInput) => {
    if (signal.aborted) return;
    const next = advanceSource(state, input, time(), settings);
    state = next.state;
    const failed: unknown[] = [];
    for (const action of next.actions) {
      if (action.type === "then" && failed.length > 0) continue;
      await act(action)?.catch((error) => failed.push(error));
    }
    if (failed.length > 0) throw failed[0];
  };
  return { advance, state: () => state };
}
