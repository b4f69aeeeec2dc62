import type { Clock } from "../../../support/time/clock.ts";
import { networkFailure } from "../../../support/http/network_failure.ts";
import { readRetryAfter } from "../../../support/http/read_retry_after.ts";
import { untilAborted } from "../../../support/promises/until_aborted.ts";

/** A request to a service. */
export interface ServiceRequest {
  /** Where to. It may hold a secret, so it is never shown. */
  readonly url: string;
  /** The headers. */
  readonly headers: { readonly [name: string]: string };
  /** The body: a JSON text. */
  readonly body: string;
  /** What of this request alone must not be shown, such as its signature. */
  readonly secrets?: readonly string[];
}

/** What a service answered. */
export interface ServiceAnswer {
  /** The status; 0 where the runtime hides a redirect. */
  readonly status: number;
  /** Its `Retry-After`, in milliseconds from now; null where it has none. */
  readonly retryAfter: number | null;
  /** The body as text, at most 1,000,000 characters; null where it broke off or took too long. */
  readonly text: string | null;
}

/** The error of a request that was not answered. */
export interface NoAnswer extends Error {
  readonly delivery: "busy";
  /** Whether the service may have taken the events all the same. */
  readonly isUnclear: boolean;
}

/** What requests are sent with. */
export interface ServiceHost {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** How long an answer may take to begin, in milliseconds. */
  readonly timeout: number;
}

/** How long the body of an answer may take after its head, in milliseconds. */
const bodyTimeout = 5_000;
const longestText = 1_000_000;

/**
 * Sends a request and gives the answer, whatever its status. Redirects are not followed: most of them
 * turn a POST into a GET, and the others would take the secrets elsewhere. Rejects with a
 * {@linkcode NoAnswer} where there is no answer. Nothing that `fetch` says is part of it.
 */
export async function sendRequest(
  { fetch, clock, timeout }: ServiceHost,
  { url, headers, body }: ServiceRequest,
  signal: AbortSignal,
): Promise<ServiceAnswer> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  signal.addEventListener("abort", leave);
  if (signal.aborted) leave();
  let cancel = clock.setTimer(leave, timeout);
  try {
    const sent = Promise.resolve(fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      credentials: "omit",
      signal: leaving.signal,
    }));
    // What answers after all is not left open.
    sent.then((late) => leaving.signal.aborted && void discard(late))
      .catch(() => {});
    const response = await untilAborted(sent, leaving.signal);
    cancel();
    cancel = clock.setTimer(leave, bodyTimeout);
    return {
      status: response.status,
      retryAfter: readRetryAfter((name) => response.headers.get(name), clock),
      text: await readText(response, leaving.signal),
    };
  } catch (error) {
    throw leaving.signal.aborted
      ? noAnswer(
        signal.aborted
          ? "the request was called off"
          : `there was no answer within ${timeout} ms`,
        true,
      )
      : noAnswerOf(error, url);
  } finally {
    cancel();
    signal.removeEventListener("abort", leave);
    leave();
  }
}

function noAnswerOf(error: unknown, url: string): NoAnswer {
  const { code, reason } = networkFailure(error, url);
  return noAnswer(reason, code === "network");
}

function noAnswer(reason: string, isUnclear: boolean): NoAnswer {
  return Object.assign(new Error(`Cannot send events: ${reason}`), {
    delivery: "busy" as const,
    isUnclear,
  });
}

/** Tells whether an error says that the service may have taken the events. */
export function isUnclear(error: unknown): boolean {
  return (Object(error) as Partial<NoAnswer>).isUnclear === true;
}

async function readText(
  response: Response,
  signal: AbortSignal,
): Promise<string | null> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await untilAborted(reader.read(), signal);
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      if (text.length > longestText) break;
    }
  } catch {
    // It broke off.
  }
  reader.cancel().catch(() => {});
  return null;
}

async function discard(response: Response): Promise<void> {
  try {
    await response.body?.cancel();
  } catch {
    // It is gone already.
  }
}
