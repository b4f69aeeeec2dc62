import type { LateCode } from "../../support/late_code.ts";
import type { Clock } from "../../support/time/clock.ts";
import { createTimers } from "../../support/time/create_timers.ts";
import { advanceLink } from "./advance_link.ts";
import {
  initialLink,
  type LinkAction,
  type LinkEvent,
  type LinkSettings,
  type LinkState,
} from "./link_state.ts";
import type { TroubleSteps } from "./trouble_steps.ts";

/** A link that runs. */
export interface RunningLink {
  /** Tells it what happened. */
  readonly dispatch: (event: LinkEvent) => void;
  /** Where it is. */
  readonly state: () => LinkState;
  /** Stops it: nothing is done any more. */
  readonly stop: () => void;
}

/** What a link runs with. */
export interface LinkHost extends LinkSettings {
  readonly clock: Clock;
  /** How many milliseconds have passed since some moment; never less than before. */
  readonly time: () => number;
  /** A random number from 0 up to but not including 1. */
  readonly random: () => number;
  /** What only a link in trouble does. */
  readonly trouble: LateCode<{ readonly stepInTrouble: TroubleSteps }>;
}

/** What a link does that is no wait. */
export type LinkTask = Exclude<
  LinkAction,
  { readonly type: "wait" | "cancel" }
>;

/**
 * Runs the machine {@linkcode advanceLink}: it keeps the timers, and has `perform` do the rest. What an
 * action causes at once waits until the actions before it are done. `onStep` is told of each event after
 * that.
 */
export function runLink(
  host: LinkHost,
  perform: (task: LinkTask) => void,
  onStep: (event: LinkEvent, state: LinkState) => void,
): RunningLink {
  const { clock, time, random, trouble } = host;
  const timers = createTimers<LinkAction["type"]>(clock);
  const events: LinkEvent[] = [];
  let state = initialLink;
  let isBusy = false;
  let isStopped = false;

  const act = (action: LinkAction) => {
    if (isStopped) return;
    if (action.type === "wait") {
      const { timer, delay, isRetry } = action;
      const due = () => dispatch({ type: "due", timer, isRetry });
      // What waits for the next request lets a process end.
      timers.set(timer, due, delay, false);
      return;
    }
    timers.cancel(action.type === "cancel" ? action.timer : action.type);
    if (action.type !== "cancel") perform(action);
  };
  const dispatch = (event: LinkEvent) => {
    if (isStopped) return;
    events.push(event);
    if (isBusy) return;
    isBusy = true;
    for (let next = events.shift(); next && !isStopped; next = events.shift()) {
      const moment = { now: time(), chance: random() };
      const steps = trouble.loaded()?.stepInTrouble ?? null;
      const step = advanceLink(state, next, moment, host, steps);
      state = step.state;
      step.actions.forEach(act);
      if (!isStopped) onStep(next, state);
    }
    isBusy = false;
  };
  return {
    dispatch,
    state: () => state,
    stop: () => {
      isStopped = true;
      timers.stop();
    },
  };
}
