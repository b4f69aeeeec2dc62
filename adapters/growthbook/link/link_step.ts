import type { SourceReport } from "../../sources/source_report.ts";
import type {
  LinkAction,
  LinkFailure,
  LinkMoment,
  LinkSettings,
  LinkState,
  LinkTimer,
} from "./link_state.ts";

/** A step that is being decided: the state so far, what is to be done so far, and what adds to both. */
export interface LinkStep {
  /** The state so far. */
  state: LinkState;
  /** What is to be done, in order. */
  readonly actions: readonly LinkAction[];
  /** When it happens. */
  readonly moment: LinkMoment;
  /** How the link behaves. */
  readonly settings: LinkSettings;
  /** Whether the connection has stood so long that it was of use: what failed before is forgotten then. */
  readonly isUseful: boolean;
  /** Changes the state. */
  readonly set: (changes: Partial<LinkState>) => void;
  /** Has something done. */
  readonly act: (action: LinkAction) => void;
  /**
   * Asks now, or once more when the request that is under way is over. A timer's own request is but for
   * the users whose evaluation failed, where it was set after that.
   */
  readonly request: (kind?: "first" | "repeat" | "retry") => void;
  /** Connects, unless a connection is there or on its way. */
  readonly connect: () => void;
  /** Sets a timer. */
  readonly wait: (timer: LinkTimer, delay: number, isRetry?: boolean) => void;
  /** Sets the timer of the next regular request, where there are such and none is under way. */
  readonly schedulePoll: () => void;
  /** Reports, unless that was the last report. Failures are always reported: each is another one. */
  readonly report: (next: SourceReport) => void;
  /** Sets the timer of another attempt, and reports why it is needed. */
  readonly fail: (
    timer: LinkTimer,
    delay: number,
    failure: LinkFailure,
  ) => void;
  /** Reports that the payload is current, and how changes will come. */
  readonly reportFine: () => void;
}

/** So long a connection has to stand to be of use, in milliseconds. */
const usefulLife = 10_000;

/** Begins a step. */
export function createStep(
  state: LinkState,
  moment: LinkMoment,
  settings: LinkSettings,
): LinkStep {
  const actions: LinkAction[] = [];
  const { polling } = settings;
  const act = (action: LinkAction) => void actions.push(action);
  const set = (changes: Partial<LinkState>) => {
    step.state = { ...step.state, ...changes };
  };
  const wait: LinkStep["wait"] = (timer, delay, isRetry = false) =>
    act({ type: "wait", timer, delay, isRetry });
  const isPolled = () => {
    const { stream, isFallback } = step.state;
    return polling !== null &&
      (stream === "closed" || isFallback && stream !== "open");
  };
  const schedulePoll = () => {
    const { request, change } = step.state;
    if (polling === null || !isPolled()) return;
    if (request !== "none" || change === "waiting") return;
    // A tenth of the interval is left to chance.
    wait("request", Math.round(polling * (0.9 + moment.chance / 10)));
  };
  const report = (next: SourceReport) => {
    const { reported } = step.state;
    const isSame = JSON.stringify(reported) === JSON.stringify(next);
    if (isSame && next.type !== "failed") return;
    set({ reported: next });
    act({ type: "report", report: next });
  };
  const step: LinkStep = {
    state,
    actions,
    moment,
    settings,
    isUseful: moment.now - state.openedAt >= usefulLife,
    set,
    act,
    wait,
    schedulePoll,
    report,
    request: (kind = "first") => {
      const { request, quietUntil, change } = step.state;
      if (request !== "none") return set({ asksAgain: true });
      const left = quietUntil - moment.now;
      if (left > 0) return wait("request", left);
      if (change === "waiting") set({ change: "asked" });
      // A remote link only has it asked for: it doesn't know whether a client does.
      if (settings.remoteEval) {
        const isRetry = kind === "retry" && step.state.change !== "asked";
        act({ type: isRetry ? "retry" : "request" });
        return schedulePoll();
      }
      set({ request: kind === "repeat" ? kind : "first", asksAgain: false });
      act({ type: "request" });
    },
    connect: () => {
      const { stream } = step.state;
      if (stream === "opening" || stream === "open") return;
      set({ stream: "opening" });
      act({ type: "connect" });
    },
    fail: (timer, delay, { code, message, issues }) => {
      wait(timer, delay, true);
      report({ type: "failed", code, message, issues, retryIn: delay });
    },
    reportFine: () => {
      const { renewals, stream } = step.state;
      const pushed = stream === "closed" ? "none" : "streaming";
      report({
        type: "ok",
        updates: isPolled() ? "polling" : pushed,
        ...(renewals > 0 ? { renewals } : null),
      });
    },
  };
  return step;
}
