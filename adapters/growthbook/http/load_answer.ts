import { inTime } from "../../support/time/in_time.ts";
import type { Fault } from "./fault.ts";
import { readBody } from "./read_body.ts";
import {
  type HttpHost,
  type HttpRequest,
  sendRequest,
} from "./send_request.ts";

/** What a server answered that was asked for JSON. */
export interface LoadedAnswer {
  /** The text, which is not parsed yet; null where the server says that what it gave before is current. */
  readonly body: string | null;
  readonly etag: string | null;
  /** Whether the server pushes changes; null where it doesn't say. */
  readonly offersStreaming: boolean | null;
}

/** What asks for JSON, and the bounds of an answer. */
export interface AnswerHost extends HttpHost {
  /** How long it may take, in milliseconds. */
  readonly timeout: number;
  /** How large it may be, in bytes. */
  readonly maxBytes: number;
}

/** Asks for JSON, within a time and a size, until it is `ended`. Never rejects. */
export function loadAnswer(
  host: AnswerHost,
  request: Omit<HttpRequest, "accept" | "signal">,
  ended: AbortSignal,
): Promise<LoadedAnswer | Fault> {
  const { clock, timeout } = host;
  return inTime(
    (signal) =>
      load(host, { ...request, accept: "application/json", signal })
        // A `fetch` of one's own may give what throws wherever it is touched.
        .catch(() => ({ cause: "answer-unreadable" }) as const),
    { what: "an answer", timeout, ended, clock },
  ).catch(() => ({ cause: "timeout" }));
}

async function load(
  host: AnswerHost,
  request: HttpRequest,
): Promise<LoadedAnswer | Fault> {
  const response = await sendRequest(host, request);
  if ("cause" in response) return response;
  const { status, headers } = response;
  const offersStreaming = headers.get("x-sse-support") === "enabled";
  const etag = headers.get("etag");
  if (status === 304) {
    return { body: null, etag, offersStreaming: offersStreaming || null };
  }
  let body = "";
  const end = await readBody(response.body, {
    take: (piece) => void (body += piece),
    maxBytes: host.maxBytes,
    signal: request.signal,
  });
  return end === "ended"
    ? { body, etag, offersStreaming }
    : { cause: `answer-${end}` };
}
