import { changeDelay, linkDelay } from "../../support/time/backoff.ts";
import type {
  LinkAction,
  LinkEvent,
  LinkFailure,
  LinkMoment,
  LinkSettings,
  LinkState,
} from "./link_state.ts";
import {
  connect,
  type LinkStep,
  report,
  reportFine,
  request,
  schedulePoll,
  wait,
} from "./link_steps.ts";
import { answerRequest, failRequest } from "./request_events.ts";
import {
  endStream,
  failStream,
  failureSpan,
  openStream,
} from "./stream_events.ts";

/**
 * Decides what a link to a server does next: the state it is in after an event, and what is to be
 * done. Pure: time and chance come with the event, and what it decides is data.
 *
 * A link asks for the payload, and keeps a connection for pushed changes where the server offers
 * that. At most one request and one connection are under way at a time. It asks on every
 * connection, since what changed before is not pushed. A connection that ends in good order is made
 * again at once, one that fails after a wait; five failures in a minute make regular requests take
 * over, until a connection stands again.
 */
export function advanceLink(
  state: LinkState,
  event: LinkEvent,
  moment: LinkMoment,
  settings: LinkSettings,
): { readonly state: LinkState; readonly actions: readonly LinkAction[] } {
  const step: LinkStep = { state, actions: [], moment, settings };
  handle(step, event);
  return { state: step.state, actions: step.actions };
}

function handle(step: LinkStep, event: LinkEvent): void {
  switch (event.type) {
    case "started":
      return start(step, event.kept);
    case "answered":
      return answerRequest(step, event);
    case "failed":
      return failRequest(step, event);
    case "refresh":
      // A caller that asks for it gets it, also where the server wanted to be left alone.
      step.state = { ...step.state, quietUntil: 0 };
      return request(step);
    case "due":
      return event.timer === "request" ? request(step, "timer") : connect(step);
    case "stream-opened":
      return openStream(step);
    case "stream-payload":
      return takePushed(step);
    case "stream-changed":
      return takeChange(step);
    case "stream-refused":
      return refusePushed(step, event.failure);
    case "stream-ended":
      return endStream(step);
    case "stream-failed":
      return failStream(step, event.failure);
  }
}

function start(
  step: LinkStep,
  kept: (LinkEvent & { readonly type: "started" })["kept"],
): void {
  const { settings } = step;
  if (kept === null) {
    report(step, { type: "loading" });
    // Users are evaluated as they come; that is no news.
    return settings.isRemote ? schedulePoll(step) : request(step);
  }
  step.state = { ...step.state, offersStreaming: kept.offersStreaming };
  const isFresh = kept.age >= 0 && kept.age < settings.fresh;
  if (!isFresh) {
    // One from the future was kept when the clock was wrong.
    report(step, { type: "cached", age: Math.max(0, kept.age) });
    return request(step);
  }
  reportFine(step);
  if (kept.offersStreaming && settings.streaming) return connect(step);
  if (settings.polling !== null) {
    wait(
      step,
      "request",
      Math.min(settings.polling, settings.fresh - kept.age),
    );
  }
}

/** A pushed payload is the whole of it: what a failed request should have brought is here. */
function takePushed(step: LinkStep): void {
  const { state } = step;
  step.state = {
    ...state,
    requestFailures: 0,
    isConfirmed: true,
    change: "none",
    falseChanges: 0,
  };
  if (state.request === "none") {
    step.actions.push({ type: "cancel", timer: "request" });
    schedulePoll(step);
  }
  reportFine(step);
}

/**
 * What was pushed can't be used, so it is asked for: after a wait, as after a failed request, for a
 * server may push more of that kind.
 */
function refusePushed(step: LinkStep, failure: LinkFailure): void {
  const failures = step.state.requestFailures + 1;
  const delay = linkDelay(failures, step.moment.chance);
  wait(step, "request", delay);
  const { code, message, issues } = failure;
  report(step, { type: "failed", code, message, issues, retryIn: delay });
}

/**
 * Asks about a change. A server's own evaluation can make it announce one, which is asked about,
 * which makes it announce one: the more such changes there were, the later the next is asked about.
 */
function takeChange(step: LinkStep): void {
  const { state, moment, settings } = step;
  const isQuiet = moment.now - state.changedAt >= failureSpan;
  const falseChanges = isQuiet ? 0 : state.falseChanges;
  step.state = { ...state, falseChanges, changedAt: moment.now };
  if (state.change === "waiting") return;
  const isAsked = state.change === "asked" && settings.isRemote;
  const delay = changeDelay(falseChanges + (isAsked ? 1 : 0), moment.chance);
  step.state = { ...step.state, change: delay === 0 ? "asked" : "waiting" };
  if (delay === 0) request(step);
  else wait(step, "request", delay);
}
