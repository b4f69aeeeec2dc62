import type { Observable } from "rxjs";
import type { Payload } from "../../core/types/payload.ts";
import type {
  RemoteEvaluation,
  RemoteUser,
} from "../sources/payload_source.ts";
import type { Endpoint } from "./endpoint.ts";
import { evaluateUser } from "./evaluate_user.ts";
import { judgePayload } from "./judge_payload.ts";
import type { LinkEvent } from "./link/link_state.ts";

/** How many users' last answers are remembered, to tell whether a change was one. */
const memoryLimit = 100;

/** Makes what has users evaluated by the server; `notice` is told how that went. */
export function createRemoteEvaluation(
  endpoint: Endpoint,
  cacheKeyAttributes: readonly string[] | undefined,
  changes$: Observable<void>,
  notice: (event: LinkEvent & { readonly type: "answered" | "failed" }) => void,
): RemoteEvaluation {
  const answers = new Map<string, Payload>();

  const recall = (user: RemoteUser, payload: Payload): boolean => {
    const name = JSON.stringify(user);
    const previous = answers.get(name);
    answers.delete(name);
    answers.set(name, payload);
    const [oldest] = answers.keys();
    if (answers.size > memoryLimit && oldest !== undefined) {
      answers.delete(oldest);
    }
    return previous !== undefined &&
      judgePayload(previous, payload, false, 0).verdict !== "same";
  };
  return {
    ...(cacheKeyAttributes === undefined
      ? {}
      : { cacheKeyAttributes: [...cacheKeyAttributes] }),
    changes$,
    evaluate: async (user, signal) => {
      const evaluation = await evaluateUser(endpoint, user, signal);
      if (evaluation === null) throw signal.reason;
      if ("failure" in evaluation) {
        notice({ type: "failed", failure: evaluation.failure });
        throw new Error(evaluation.failure.message);
      }
      const { payload, offersStreaming } = evaluation;
      const brought = recall(user, payload) ? "new" : "same";
      notice({ type: "answered", offersStreaming, brought });
      return payload;
    },
  };
}
