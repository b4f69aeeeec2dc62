import { changeDelay, linkDelay, longestLinkDelay } from "./link_delay.ts";
import type { LinkStep } from "./link_step.ts";
import type { LinkEvent, LinkFailure } from "./link_state.ts";

/** Decides what a link does then. */
export type TroubleSteps = typeof stepInTrouble;

/** So many failures in a row, or within `failureSpan`, make asking take over from a connection. */
const failureLimit = 5;

/** The span in which failures of connections are counted, in milliseconds. */
const failureSpan = 60_000;

/**
 * Decides what a link does when something happens that it needs no code for as a rule; and, before anything
 * else happens, which trouble that ends.
 */
export function stepInTrouble(step: LinkStep, event: LinkEvent): void {
  switch (event.type) {
    case "answered":
      return settleRequest(step, event);
    case "stream-payload":
      return step.set({ requestFailures: 0, change: "none", falseChanges: 0 });
    case "stream-ended":
      return forgive(step);
    case "failed":
      return failRequest(step, event);
    case "refresh":
      // A caller that asks for it gets it, also where the server wanted to be left alone.
      step.set({ quietUntil: 0 });
      return step.request();
    case "stream-changed":
      return takeChange(step);
    case "stream-refused":
      return refusePushed(step, event.failure);
    case "stream-failed":
      return failStream(step, event.failure);
  }
}

/** A request was answered: failures before it are forgotten, and changes that were none are counted. */
function settleRequest(
  step: LinkStep,
  { brought }: LinkEvent & { readonly type: "answered" },
): void {
  const { asksAgain, change, falseChanges } = step.state;
  const isFalse = change !== "none" && brought !== "unknown";
  step.set({
    requestFailures: 0,
    change: change === "asked" && !asksAgain ? "none" : change,
    falseChanges: brought === "new" ? 0 : falseChanges + Number(isFalse),
  });
}

/** A request failed: it is made again after a wait. */
function failRequest(
  step: LinkStep,
  { failure, isSame = false }: LinkEvent & { readonly type: "failed" },
): void {
  const { state, moment } = step;
  const requestFailures = Math.max(
    1,
    state.requestFailures + (isSame ? 0 : 1),
  );
  const delay = linkDelay(requestFailures, moment.chance, failure.retryAfter);
  step.set({
    request: "none",
    asksAgain: false,
    requestFailures,
    quietUntil: failure.retryAfter === null ? 0 : moment.now + delay,
  });
  step.fail("request", delay, failure);
}

/**
 * What was pushed can't be used, so it is asked for: after a wait, as after a failed request, for a
 * server may push more of that kind.
 */
function refusePushed(step: LinkStep, failure: LinkFailure): void {
  const failures = step.state.requestFailures + 1;
  step.fail("request", linkDelay(failures, step.moment.chance), failure);
}

/** The connection failed: it is made again after a wait, and regular requests may take over. */
function failStream(step: LinkStep, failure: LinkFailure): void {
  const { now, chance } = step.moment;
  const { isConfirmed, requestFailures, stream } = step.state;
  forgive(step);
  const before = step.state;
  const failureTimes = [
    ...before.failureTimes.filter((time) => now - time < failureSpan),
    now,
  ].slice(-failureLimit);
  const streamFailures = before.streamFailures + 1;
  const delay = linkDelay(streamFailures, chance, failure.retryAfter);
  // A connection that takes long to fail does not fail five times in a minute.
  const takesOver = streamFailures >= failureLimit ||
    failureTimes.length === failureLimit || delay > longestLinkDelay;
  const isFallback = step.settings.polling !== null &&
    (before.isFallback || takesOver);
  step.set({
    stream: "waiting",
    isRenewal: false,
    streamFailures,
    failureTimes,
    isFallback,
  });
  // While regular requests keep the payload current, a connection that still fails is no news.
  if (isFallback && before.isFallback && stream !== "open") {
    return step.wait("connect", delay);
  }
  step.fail("connect", delay, failure);
  // Where requests fail too, the next one is waited for already.
  if (requestFailures > 0) return;
  if (isFallback || !isConfirmed) step.request();
}

/**
 * Asks about a change. A server's own evaluation can make it announce one, which is asked about,
 * which makes it announce one: the more such changes there were, the later the next is asked about.
 */
function takeChange(step: LinkStep): void {
  const { state, moment, settings } = step;
  const isQuiet = moment.now - state.changedAt >= failureSpan;
  const falseChanges = isQuiet ? 0 : state.falseChanges;
  step.set({ falseChanges, changedAt: moment.now });
  if (state.change === "waiting") return;
  const isAsked = state.change === "asked" && settings.remoteEval;
  const delay = changeDelay(falseChanges + (isAsked ? 1 : 0), moment.chance);
  step.set({ change: delay === 0 ? "asked" : "waiting" });
  if (delay === 0) step.request();
  else step.wait("request", delay);
}

/** Forgets earlier failures once a connection stood long enough to be of use. */
function forgive(step: LinkStep): void {
  if (step.state.stream !== "open" || !step.isUseful) return;
  step.set({ streamFailures: 0, failureTimes: [], isFallback: false });
}
