import { linkDelay, longestLinkDelay } from "../../support/time/backoff.ts";
import type { LinkFailure } from "./link_state.ts";
import { connect, type LinkStep, report, request, wait } from "./link_steps.ts";

/** A connection that stood this long, in milliseconds, was of use: what failed before is forgotten. */
const usefulLife = 10_000;

/** So many failures within `failureSpan` make asking take over from a connection. */
const failureLimit = 5;

/** The span in which failures of connections are counted, in milliseconds. */
export const failureSpan = 60_000;

/** The connection stands: what changed before it did is asked for. */
export function openStream(step: LinkStep): void {
  const { state, moment } = step;
  step.state = {
    ...state,
    stream: "open",
    openedAt: moment.now,
    isRenewal: false,
    renewals: state.renewals + (state.isRenewal ? 1 : 0),
  };
  request(step);
}

/**
 * The connection ended in good order, as servers end it each minute: it is made again at once. One
 * that ends so early that this would go round in circles counts as failed from the second time on.
 */
export function endStream(step: LinkStep): void {
  forgive(step);
  if (step.state.streamFailures > 0 || step.state.stream === "opening") {
    return failStream(step, {
      code: "stream-ended",
      message: "The server keeps ending the stream at once",
      issues: [],
      retryAfter: null,
    });
  }
  const isUseful = step.moment.now - step.state.openedAt >= usefulLife;
  step.state = {
    ...step.state,
    stream: "closed",
    streamFailures: isUseful ? 0 : 1,
    isRenewal: true,
  };
  connect(step);
}

/** The connection failed: it is made again after a wait, and regular requests may take over. */
export function failStream(step: LinkStep, failure: LinkFailure): void {
  forgive(step);
  const { state, moment, settings } = step;
  const { now, chance } = moment;
  const failureTimes = [
    ...state.failureTimes.filter((time) => now - time < failureSpan),
    now,
  ].slice(-failureLimit);
  const streamFailures = state.streamFailures + 1;
  const delay = linkDelay(streamFailures, chance, failure.retryAfter);
  const takesOver = failureTimes.length === failureLimit ||
    delay > longestLinkDelay;
  const isFallback = settings.polling !== null &&
    (state.isFallback || takesOver);
  step.state = {
    ...state,
    stream: "waiting",
    isRenewal: false,
    streamFailures,
    failureTimes,
    isFallback,
  };
  wait(step, "connect", delay);
  // While regular requests keep the payload current, a connection that still fails is no news.
  if (isFallback && state.isFallback && state.stream !== "open") return;
  const { code, message, issues } = failure;
  report(step, { type: "failed", code, message, issues, retryIn: delay });
  // Where requests fail too, the next one is waited for already.
  if (state.requestFailures > 0) return;
  if (isFallback || !state.isConfirmed) request(step);
}

/** Forgets earlier failures once a connection stood long enough to be of use. */
function forgive(step: LinkStep): void {
  const { state, moment } = step;
  if (state.stream !== "open") return;
  if (moment.now - state.openedAt < usefulLife) return;
  step.state = {
    ...state,
    streamFailures: 0,
    failureTimes: [],
    isFallback: false,
  };
}
