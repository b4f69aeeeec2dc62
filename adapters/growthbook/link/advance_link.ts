import { createStep, type LinkStep } from "./link_step.ts";
import type {
  LinkAction,
  LinkEvent,
  LinkMoment,
  LinkSettings,
  LinkState,
} from "./link_state.ts";
import type { TroubleSteps } from "./trouble_steps.ts";

/** How long to wait for another attempt where what a failure takes can't be loaded, in milliseconds. */
const plainDelay = 30_000;

/**
 * Decides what a link to a server does next: the state it is in after an event, and what is to be
 * done. Pure: time and chance come with the event, and what it decides is data.
 *
 * A link asks for the payload, and keeps a connection for pushed changes where the server offers
 * that. At most one request and one connection are under way at a time. It asks on every
 * connection, since what changed before is not pushed. A connection that ends in good order is made
 * again at once, one that fails after a wait; five failures in a row, or in a minute, make regular
 * requests take over, until a connection stands again.
 *
 * What only a link in trouble does, and remembers, comes as `trouble`, because a page loads it when there is
 * some. Without it, which means that it could not be loaded, each failure is followed by another attempt.
 */
export function advanceLink(
  state: LinkState,
  event: LinkEvent,
  moment: LinkMoment,
  settings: LinkSettings,
  trouble: TroubleSteps | null,
): { readonly state: LinkState; readonly actions: readonly LinkAction[] } {
  const step = createStep(state, moment, settings);
  trouble?.(step, event);
  switch (event.type) {
    case "started":
      start(step, event.kept);
      break;
    case "answered":
      answerRequest(step, event);
      break;
    case "due":
      if (event.timer === "connect") step.connect();
      else step.request(event.isRetry ? "retry" : "first");
      break;
    case "stream-opened":
      openStream(step);
      break;
    case "stream-payload":
      takePushed(step);
      break;
    case "stream-ended":
      endStream(step);
      break;
    default:
      if (trouble === null) tryLater(step, event);
  }
  return step;
}

function start(
  step: LinkStep,
  kept: (LinkEvent & { readonly type: "started" })["kept"],
): void {
  const { fresh, remoteEval, polling, streaming } = step.settings;
  if (kept === null) {
    step.report({ type: "loading" });
    // Users are evaluated as they come; that is no news.
    return remoteEval ? step.schedulePoll() : step.request();
  }
  const { age, offersStreaming } = kept;
  step.set({ offersStreaming });
  if (age < 0 || age >= fresh) {
    // One from the future was kept when the clock was wrong.
    step.report({ type: "cached", age: Math.max(0, age) });
    return step.request();
  }
  step.reportFine();
  if (offersStreaming && streaming) return step.connect();
  if (polling !== null) step.wait("request", Math.min(polling, fresh - age));
}

/** A request was answered: connects where the server now offers that, and asks again where needed. */
function answerRequest(
  step: LinkStep,
  { offersStreaming, brought }: LinkEvent & { readonly type: "answered" },
): void {
  const { state, settings } = step;
  step.set({
    request: "none",
    isConfirmed: true,
    offersStreaming: offersStreaming ?? state.offersStreaming,
  });
  const isOffered = settings.streaming && step.state.offersStreaming;
  if (isOffered && state.stream === "closed") step.connect();
  step.reportFine();
  if (state.asksAgain) step.request();
  else if (brought === "overtaken" && state.request !== "repeat") {
    step.request("repeat");
  } else if (!settings.remoteEval) step.schedulePoll();
}

/** The connection stands: what changed before it did is asked for. */
function openStream(step: LinkStep): void {
  const { isRenewal, renewals } = step.state;
  step.set({
    stream: "open",
    openedAt: step.moment.now,
    isRenewal: false,
    renewals: renewals + Number(isRenewal),
  });
  step.request();
}

/** A pushed payload is the whole of it: what a failed request should have brought is here. */
function takePushed(step: LinkStep): void {
  step.set({ isConfirmed: true });
  if (step.state.request === "none") {
    step.act({ type: "cancel", timer: "request" });
  }
  step.reportFine();
}

/**
 * The connection ended in good order, as servers end it each minute: it is made again at once. One
 * that ends so early that this would go round in circles counts as failed from the second time on.
 */
function endStream(step: LinkStep): void {
  const { isUseful } = step;
  const { streamFailures } = step.state;
  if (!isUseful && streamFailures > 0) {
    return step.act({ type: "fail-stream" });
  }
  step.set({
    stream: "closed",
    isRenewal: true,
    streamFailures: isUseful ? 0 : 1,
  });
  step.connect();
}

/**
 * Another attempt follows a failure, where nothing else can be loaded, and regular requests take over from a
 * connection at once. A change is asked about as late: to ask may be what makes the server tell of the next.
 */
function tryLater(step: LinkStep, event: LinkEvent): void {
  const { type } = event;
  const delay = Math.round(plainDelay * (1 + step.moment.chance) / 2);
  if (type === "failed") step.set({ request: "none", asksAgain: false });
  if (type === "stream-failed") {
    step.set({ stream: "waiting", isFallback: true });
    step.schedulePoll();
  }
  if ("failure" in event) {
    const timer = type === "stream-failed" ? "connect" : "request";
    step.fail(timer, delay, event.failure);
  } else if (step.state.change !== "waiting") {
    step.set({ change: "waiting" });
    step.wait("request", delay);
  }
}
