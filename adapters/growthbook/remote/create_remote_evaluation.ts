import type { Payload } from "../../../core/types/payload.ts";
import type { RemoteUser } from "../../sources/payload_source.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import type { Endpoint } from "../endpoint.ts";
import { createQuestions, type Waiter } from "./create_questions.ts";
import {
  evaluateUser,
  type EvaluationTools,
  type UserEvaluation,
} from "./evaluate_user.ts";
import { longestRetryAfter } from "../../support/time/longest_retry_after.ts";
import type { judgePayload } from "../judge_payload.ts";
import type { LinkEvent, LinkFailure } from "../link/link_state.ts";

/** How many users are asked about at a time. */
const concurrency = 16;

/** What is wrong with one user's question, and not with the server. */
const userFailures = ["http-400", "http-413", "http-414", "http-422"];

/** How a source fares that has failed. */
type FailedReport = SourceReport & { readonly type: "failed" };

/**
 * What remote evaluation uses of a source. It is handed over: what two chunks of a page import becomes a
 * chunk of its own, which each page would load.
 */
export interface RemoteTools extends EvaluationTools {
  /** Tells whether a payload says what the one before said. */
  readonly judgePayload: typeof judgePayload;
}

/**
 * Makes what has users evaluated by the server: 16 at a time, in the order in which they came, and
 * equal questions that wait as one. While the server fails, one question is sent at a time. In a Cloudflare
 * Worker none waits: a call dies with the request that made it, and would hold its place for good. Failures
 * of questions that were sent before the last failure was counted are the same failure, so that the
 * wait for another attempt does not grow with the number of users. `notice` is told how it goes, and
 * gives the report where the source has failed.
 *
 * A rejection is an `Error` with the `report` of the failure.
 */
export function createRemoteEvaluation(
  endpoint: Endpoint,
  notice: (
    event: LinkEvent & { readonly type: "answered" | "failed" },
  ) => SourceReport | null,
  tools: RemoteTools,
): (
  user: RemoteUser,
  signal: AbortSignal,
  previous?: Payload | null,
) => Promise<Payload> {
  // How many failures were counted.
  let epoch = 0;
  let isFailing = false;
  let hasSucceeded = false;
  let quietUntil = -Infinity;
  let lastReport: FailedReport | null = null;

  // As `isWorker` tells, which would become a chunk of its own: see `RemoteTools`.
  const isShared = globalThis.navigator?.userAgent === "Cloudflare-Workers";
  const questions = createQuestions(
    () => isShared ? Infinity : isFailing ? 1 : concurrency,
    async (body, controller) => {
      const since = epoch;
      const evaluation = await evaluateUser(
        endpoint,
        body,
        controller.signal,
        tools,
      );
      return (waiters) => settle(waiters, evaluation, since);
    },
  );
  const settle = (
    waiters: readonly Waiter[],
    evaluation: UserEvaluation,
    since: number,
  ) => {
    if ("failure" in evaluation) {
      return rejectAll(waiters, fail(evaluation.failure, since));
    }
    const { payload, offersStreaming } = evaluation;
    isFailing = false;
    hasSucceeded = true;
    const known = waiters.find(({ previous }) => previous)?.previous;
    const brought = known ? compare(known, payload, tools) : "unknown";
    notice({ type: "answered", offersStreaming, brought });
    waiters.forEach(({ resolve }) => resolve(payload));
  };
  const fail = (failure: LinkFailure, since: number): FailedReport => {
    if (userFailures.includes(failure.code) && hasSucceeded) {
      return reportOf(failure);
    }
    const isSame = isFailing && since < epoch;
    if (!isSame) epoch++;
    isFailing = true;
    const reported = notice({ type: "failed", failure, isSame });
    const report = reported?.type === "failed" ? reported : reportOf(failure);
    const { retryAfter } = failure;
    lastReport = report;
    if (retryAfter !== null) {
      quietUntil = endpoint.time() +
        Math.min(retryAfter, longestRetryAfter);
    }
    // The callers that wait would fare no better, and ask again with the others.
    if (!isSame) rejectAll(questions.takeWaiting(), report);
    return report;
  };
  return async (user, signal, previous = null) => {
    if (signal.aborted) throw signal.reason;
    const body = writeUser(user);
    if (body === null) {
      const task = `evaluate a user at ${endpoint.api.name}`;
      const fault = { cause: "attribute" } as const;
      throw failedError(
        reportOf(await tools.explainFault(endpoint, task, fault)),
      );
    }
    const left = quietUntil - endpoint.time();
    if (left > 0 && lastReport) {
      throw failedError({ ...lastReport, retryIn: left });
    }
    return await questions.ask(body, previous, signal);
  };
}

function writeUser(user: RemoteUser): string | null {
  const { attributes, url, forcedVariations, forcedFeatureValues } = user;
  try {
    const forcedFeatures = Object.entries(forcedFeatureValues);
    return JSON.stringify({
      attributes,
      forcedVariations,
      forcedFeatures,
      url,
    });
  } catch {
    return null;
  }
}

function compare(
  previous: Payload,
  payload: Payload,
  { judgePayload }: RemoteTools,
): "new" | "same" {
  const verdict = judgePayload(previous, payload, false, NaN);
  return verdict === "same" ? "same" : "new";
}

function reportOf(
  { code, message, issues }: LinkFailure,
): FailedReport {
  return { type: "failed", code, message, issues, retryIn: null };
}

function rejectAll(waiters: readonly Waiter[], report: FailedReport): void {
  waiters.forEach(({ reject }) => reject(failedError(report)));
}

function failedError(report: FailedReport): Error {
  return Object.assign(new Error(report.message), { report });
}
