import type { SourceReport } from "../../sources/source_report.ts";
import { pollDelay } from "../../support/time/backoff.ts";
import type {
  LinkAction,
  LinkMoment,
  LinkSettings,
  LinkState,
  LinkTimer,
} from "./link_state.ts";

/** A step that is being decided: the state so far, and what is to be done so far. */
export interface LinkStep {
  /** The state so far. */
  state: LinkState;
  /** What is to be done, in order. */
  readonly actions: LinkAction[];
  /** When it happens. */
  readonly moment: LinkMoment;
  /** How the link behaves. */
  readonly settings: LinkSettings;
}

/**
 * Asks now, or once more when the request that is under way is over. A timer's own request is but for
 * the users whose evaluation failed, where there are such.
 */
export function request(
  step: LinkStep,
  kind: "first" | "repeat" | "timer" = "first",
): void {
  const { state, moment } = step;
  if (state.request !== "none") {
    step.state = { ...state, asksAgain: true };
    return;
  }
  if (moment.now < state.quietUntil) {
    step.state = { ...state, isRetryDue: false };
    return wait(step, "request", state.quietUntil - moment.now);
  }
  if (state.change === "waiting") step.state = { ...state, change: "asked" };
  step.actions.push({ type: "cancel", timer: "request" });
  // A remote link only has it asked for: it doesn't know whether a client does.
  if (step.settings.isRemote) {
    const isRetry = kind === "timer" && state.isRetryDue &&
      step.state.change !== "asked";
    step.state = { ...step.state, isRetryDue: false };
    step.actions.push({ type: isRetry ? "retry" : "request" });
    return schedulePoll(step);
  }
  const request = kind === "repeat" ? "repeat" : "first";
  step.state = { ...step.state, request, asksAgain: false };
  step.actions.push({ type: "request" });
  schedulePoll(step);
}

/** Connects, unless a connection is there or on its way. */
export function connect(step: LinkStep): void {
  const { stream } = step.state;
  if (stream === "opening" || stream === "open") return;
  step.state = { ...step.state, stream: "opening" };
  step.actions.push({ type: "cancel", timer: "connect" }, { type: "connect" });
}

/** Sets a timer. */
export function wait(step: LinkStep, timer: LinkTimer, delay: number): void {
  step.actions.push({ type: "wait", timer, delay });
}

/** Sets the timer of the next regular request, where there are such and none is under way. */
export function schedulePoll(step: LinkStep): void {
  const { polling } = step.settings;
  if (polling === null || step.state.request !== "none") return;
  if (!isPolled(step) || step.state.change === "waiting") return;
  wait(step, "request", pollDelay(polling, step.moment.chance));
}

/** Reports that the payload is current, and how changes will come. */
export function reportFine(step: LinkStep): void {
  const { renewals } = step.state;
  report(step, {
    type: "ok",
    updates: describeUpdates(step),
    ...(renewals > 0 ? { renewals } : null),
  });
}

/** Reports, unless that was the last report. Failures are always reported: each is another one. */
export function report(step: LinkStep, next: SourceReport): void {
  const { reported } = step.state;
  if (next.type !== "failed" && isSame(reported, next)) return;
  step.state = { ...step.state, reported: next };
  step.actions.push({ type: "report", report: next });
}

function describeUpdates(
  step: LinkStep,
): (SourceReport & { readonly type: "ok" })["updates"] {
  if (isPolled(step)) return "polling";
  return step.state.stream === "closed" ? "none" : "streaming";
}

function isPolled({ state, settings }: LinkStep): boolean {
  if (settings.polling === null || state.stream === "open") return false;
  return state.stream === "closed" || state.isFallback;
}

function isSame(left: SourceReport | null, right: SourceReport): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
