import type { Payload } from "../../core/types/payload.ts";
import type { RemoteUser } from "../sources/payload_source.ts";
import type { Endpoint } from "./endpoint.ts";
import { loadAnswer } from "./http/load_answer.ts";
import type { LinkFailure } from "./link/link_state.ts";
import { readAnswer } from "./read_answer.ts";

/** What comes of having a user evaluated; null where it was called off. */
export type UserEvaluation =
  | { readonly payload: Payload; readonly offersStreaming: boolean }
  | { readonly failure: LinkFailure }
  | null;

/** Has the server evaluate for a user. Never rejects. */
export async function evaluateUser(
  endpoint: Endpoint,
  user: RemoteUser,
  signal: AbortSignal,
): Promise<UserEvaluation> {
  const task = `evaluate a user at ${endpoint.apiName}`;
  const { attributes, url, forcedVariations, forcedFeatureValues } = user;
  const forcedFeatures = Object.entries(forcedFeatureValues);
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    const answer = await loadAnswer(
      endpoint,
      {
        url: endpoint.evaluationUrl,
        method: "POST",
        headers: { "content-type": "application/json", ...endpoint.headers },
        body: JSON.stringify({
          attributes,
          forcedVariations,
          forcedFeatures,
          url,
        }),
        task,
      },
      endpoint,
      controller,
    );
    if (signal.aborted) return null;
    if (answer.kind === "failed") return answer;
    if (answer.kind === "unchanged") {
      const message = `Cannot ${task}: the answer has the status 304`;
      return {
        failure: { code: "http-304", message, issues: [], retryAfter: null },
      };
    }
    const read = await readAnswer(answer.body, task, endpoint);
    if (signal.aborted) return null;
    return read.kind === "refused"
      ? { failure: read.failure }
      : { payload: read.payload, offersStreaming: answer.offersStreaming };
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
