import { linkDelay } from "../../support/time/backoff.ts";
import type { LinkEvent } from "./link_state.ts";
import {
  connect,
  type LinkStep,
  report,
  reportFine,
  request,
  schedulePoll,
  wait,
} from "./link_steps.ts";

/** A request was answered: connects where the server now offers that, and asks again where needed. */
export function answerRequest(
  step: LinkStep,
  { offersStreaming, brought }: LinkEvent & { readonly type: "answered" },
): void {
  const { state, settings } = step;
  const wasRepeat = state.request === "repeat";
  const { change, asksAgain } = state;
  step.state = {
    ...state,
    request: "none",
    requestFailures: 0,
    isConfirmed: true,
    change: change === "asked" && !asksAgain ? "none" : change,
    falseChanges: countFalseChanges(step, brought),
    offersStreaming: offersStreaming ?? state.offersStreaming,
  };
  if (step.state.stream === "closed") {
    if (settings.streaming && step.state.offersStreaming) connect(step);
  }
  reportFine(step);
  if (asksAgain) request(step);
  else if (brought === "overtaken" && !wasRepeat) request(step, "repeat");
  else if (!settings.isRemote) schedulePoll(step);
}

/** A request failed: it is made again after a wait. */
export function failRequest(
  step: LinkStep,
  { failure, isSame = false }: LinkEvent & { readonly type: "failed" },
): void {
  const { state, moment } = step;
  const requestFailures = Math.max(
    1,
    state.requestFailures + (isSame ? 0 : 1),
  );
  const delay = linkDelay(requestFailures, moment.chance, failure.retryAfter);
  step.state = {
    ...state,
    request: "none",
    asksAgain: false,
    requestFailures,
    isRetryDue: true,
    quietUntil: failure.retryAfter === null ? 0 : moment.now + delay,
  };
  wait(step, "request", delay);
  const { code, message, issues } = failure;
  report(step, { type: "failed", code, message, issues, retryIn: delay });
}

function countFalseChanges(
  { state }: LinkStep,
  brought: (LinkEvent & { readonly type: "answered" })["brought"],
): number {
  if (brought === "new") return 0;
  if (brought === "unknown") return state.falseChanges;
  return state.change !== "none" ? state.falseChanges + 1 : state.falseChanges;
}
