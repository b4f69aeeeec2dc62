import type { Payload } from "../../../core/types/payload.ts";
import type { Endpoint } from "../endpoint.ts";
import type { explainFault, Fault } from "../http/fault.ts";
import type { loadAnswer } from "../http/load_answer.ts";
import type { LinkFailure } from "../link/link_state.ts";
import type { readAnswer } from "../read_answer.ts";

/** What comes of having a user evaluated. */
export type UserEvaluation =
  | { readonly payload: Payload; readonly offersStreaming: boolean | null }
  | { readonly failure: LinkFailure };

/** What evaluation uses of a source. */
export interface EvaluationTools {
  /** Puts into words what went wrong. */
  readonly explainFault: typeof explainFault;
  /** Loads an answer. */
  readonly loadAnswer: typeof loadAnswer;
  /** Reads an answer. */
  readonly readAnswer: typeof readAnswer;
}

/** Has the server evaluate for the user that the body describes, until it is ended. Never rejects. */
export async function evaluateUser(
  endpoint: Endpoint,
  body: string,
  ended: AbortSignal,
  { explainFault, loadAnswer, readAnswer }: EvaluationTools,
): Promise<UserEvaluation> {
  const fail = async (fault: Fault) => {
    const task = `evaluate a user at ${endpoint.api.name}`;
    return { failure: await explainFault(endpoint, task, fault) };
  };
  const headers = { "content-type": "application/json", ...endpoint.headers };
  const url = endpoint.api.url("/api/eval/");
  const request = { url, method: "POST", headers, body } as const;
  const answer = await loadAnswer(endpoint, request, ended);
  if ("cause" in answer) return fail(answer);
  if (answer.body === null) return fail({ cause: "unchanged" });
  const read = await readAnswer(answer.body, endpoint);
  if ("cause" in read) return fail(read);
  const { offersStreaming } = answer;
  return { payload: read.payload, offersStreaming };
}
