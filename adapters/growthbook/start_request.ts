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
  const asked = memory.last;
  const etag = asked?.etag ?? null;
  const controller = new AbortController();
  const { signal } = controller;
  const request = {
    url: endpoint.api.url("/api/features/"),
    method: "GET",
    headers: {
      ...(etag === null ? {} : { "if-none-match": etag }),
      ...endpoint.headers,
    },
    body: null,
  } as const;
  loadAnswer(endpoint, request, signal).then((answer) => {
    if (!signal.aborted) reception.takeAnswer(answer, asked);
  });
  return () => controller.abort();
}
