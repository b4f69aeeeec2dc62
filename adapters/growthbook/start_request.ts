import type { Endpoint } from "./endpoint.ts";
import { loadAnswer } from "./http/load_answer.ts";
import type { Reception } from "./reception.ts";
import type { SourceMemory } from "./source_memory.ts";

/** Asks for the payload, and hands over what comes of it. Gives what stops that. */
export function startRequest(
  endpoint: Endpoint,
  memory: SourceMemory,
  reception: Reception,
): () => void {
  const { last } = memory;
  const etag = last?.etag ?? null;
  const controller = new AbortController();
  const pushed = reception.countPushed();
  const request = {
    url: endpoint.featuresUrl,
    method: "GET",
    headers: {
      ...(etag === null ? {} : { "if-none-match": etag }),
      ...endpoint.headers,
    },
    body: null,
  } as const;
  let isStopped = false;
  loadAnswer(endpoint, request, controller.signal).then((answer) => {
    if (isStopped) return;
    reception.takeAnswer(answer, { pushed, last: etag === null ? null : last });
  });
  return () => {
    isStopped = true;
    controller.abort();
  };
}
