import type { Payload } from "../../../core/types/payload.ts";
import type { RemoteUser } from "../../sources/payload_source.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import type { Endpoint } from "../endpoint.ts";
import {
  evaluateUser,
  type EvaluationTools,
  type UserEvaluation,
} from "./evaluate_user.ts";
import type { judgePayload } from "../judge_payload.ts";
import type { longestRetryAfter } from "../../support/time/longest_retry_after.ts";
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
  /** The longest that a server may ask to be left alone, in milliseconds. */
  readonly longestRetryAfter: typeof longestRetryAfter;
}

/** A caller that waits for the payload of a user. */
interface Waiter {
  readonly previous: Payload | null;
  readonly resolve: (payload: Payload) => void;
  readonly reject: (error: unknown) => void;
}

/** A question about a user, and the callers that wait for the answer. */
interface Question {
  readonly body: string;
  readonly waiters: Set<Waiter>;
  readonly controller: AbortController;
  /** How many failures had been counted when it was sent. */
  epoch: number;
}

/**
 * Makes what has users evaluated by the server: 16 at a time, in the order in which they came, and
 * equal questions that wait as one. While the server fails, one question is sent at a time. Failures
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
  ) => FailedReport | null,
  tools: RemoteTools,
): (
  user: RemoteUser,
  signal: AbortSignal,
  previous?: Payload | null,
) => Promise<Payload> {
  const waiting = new Map<string, Question>();
  const sent = new Set<Question>();
  let epoch = 0;
  let isFailing = false;
  let hasSucceeded = false;
  let quietUntil = -Infinity;
  let lastReport: FailedReport | null = null;

  const pump = () => {
    for (const [body, question] of waiting) {
      if (sent.size >= (isFailing ? 1 : concurrency)) return;
      waiting.delete(body);
      void send(question);
    }
  };
  const send = async (question: Question) => {
    question.epoch = epoch;
    sent.add(question);
    const { body, controller } = question;
    const evaluation = await evaluateUser(endpoint, body, controller, tools);
    sent.delete(question);
    // Without waiters it was called off.
    if (question.waiters.size > 0) settle(question, evaluation);
    pump();
  };
  const settle = (question: Question, evaluation: UserEvaluation) => {
    const waiters = [...question.waiters];
    question.waiters.clear();
    if ("failure" in evaluation) {
      const report = fail(question, evaluation.failure);
      return waiters.forEach(({ reject }) => reject(failedError(report)));
    }
    const { payload, offersStreaming } = evaluation;
    isFailing = false;
    hasSucceeded = true;
    const known = waiters.find(({ previous }) => previous !== null)?.previous;
    const brought = known ? compare(known, payload, tools) : "unknown";
    notice({ type: "answered", offersStreaming, brought });
    waiters.forEach(({ resolve }) => resolve(payload));
  };
  const fail = (question: Question, failure: LinkFailure): FailedReport => {
    if (userFailures.includes(failure.code) && hasSucceeded) {
      return reportOf(failure, null);
    }
    const isSame = isFailing && question.epoch < epoch;
    if (!isSame) epoch++;
    isFailing = true;
    const report = notice({ type: "failed", failure, isSame }) ??
      reportOf(failure, null);
    lastReport = report;
    const { retryAfter } = failure;
    if (retryAfter !== null) {
      quietUntil = endpoint.time() +
        Math.min(retryAfter, tools.longestRetryAfter);
    }
    if (isSame) return report;
    // The callers that wait would fare no better, and ask again with the others.
    const others = [...waiting.values()].flatMap(({ waiters }) => [...waiters]);
    waiting.clear();
    others.forEach(({ reject }) => reject(failedError(report)));
    return report;
  };

  const evaluate = (
    user: RemoteUser,
    signal: AbortSignal,
    previous: Payload | null = null,
  ) =>
    new Promise<Payload>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const written = writeUser(user);
      if (written === null) {
        const task = `evaluate a user at ${endpoint.apiName}`;
        const failure = tools.createFailure(
          "not-json",
          task,
          "an attribute is no JSON",
        );
        return reject(failedError(reportOf(failure, null)));
      }
      const body = written;
      const left = quietUntil - endpoint.time();
      if (left > 0 && lastReport !== null) {
        return reject(failedError({ ...lastReport, retryIn: left }));
      }
      const question = waiting.get(body) ?? ask(body);
      const stop = () => signal.removeEventListener("abort", leave);
      const waiter: Waiter = {
        previous,
        resolve: (payload) => (stop(), resolve(payload)),
        reject: (error) => (stop(), reject(error)),
      };
      function leave(): void {
        stop();
        question.waiters.delete(waiter);
        reject(signal.reason);
        if (question.waiters.size > 0) return;
        if (waiting.get(body) === question) waiting.delete(body);
        question.controller.abort();
      }
      question.waiters.add(waiter);
      signal.addEventListener("abort", leave);
      pump();
    });
  const ask = (body: string): Question => {
    const waiters = new Set<Waiter>();
    const controller = new AbortController();
    const question = { body, waiters, controller, epoch };
    waiting.set(body, question);
    return question;
  };
  return evaluate;
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
  const { verdict } = judgePayload(previous, payload, false, NaN);
  return verdict === "same" ? "same" : "new";
}

function reportOf(
  { code, message, issues }: LinkFailure,
  retryIn: number | null,
): FailedReport {
  return { type: "failed", code, message, issues, retryIn };
}

function failedError(report: FailedReport): Error {
  return Object.assign(new Error(report.message), { report });
}
