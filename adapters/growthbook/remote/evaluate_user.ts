import type { Payload } from "../../../core/types/payload.ts";
import type { Endpoint } from "../endpoint.ts";
import type { createFailure } from "../http/create_failure.ts";
import type { loadAnswer } from "../http/load_answer.ts";
import type { LinkFailure } from "../link/link_state.ts";
import type { readAnswer } from "../read_answer.ts";

/** What comes of having a user evaluated. */
export type UserEvaluation =
  | { readonly payload: Payload; readonly offersStreaming: boolean }
  | { readonly failure: LinkFailure };

/** What evaluation uses of a source. */
export interface EvaluationTools {
  /** Makes a failure. */
  readonly createFailure: typeof createFailure;
  /** Loads an answer. */
  readonly loadAnswer: typeof loadAnswer;
  /** Reads an answer. */
  readonly readAnswer: typeof readAnswer;
}

/** Has the server evaluate for the user that the body describes. Never rejects. */
export async function evaluateUser(
  endpoint: Endpoint,
  body: string,
  controller: AbortController,
  { createFailure, loadAnswer, readAnswer }: EvaluationTools,
): Promise<UserEvaluation> {
  const task = `evaluate a user at ${endpoint.apiName}`;
  const headers = { "content-type": "application/json", ...endpoint.headers };
  const url = endpoint.evaluationUrl;
  const request = { url, method: "POST", headers, body, task } as const;
  const answer = await loadAnswer(endpoint, request, endpoint, controller);
  if (answer.kind === "failed") return answer;
  if (answer.kind === "unchanged") {
    const reason = "the answer has the status 304";
    return { failure: createFailure("http-304", task, reason) };
  }
  const read = await readAnswer(answer.body, task, endpoint);
  return read.kind === "refused"
    ? { failure: read.failure }
    : { payload: read.payload, offersStreaming: answer.offersStreaming };
}
