import type { Clock } from "../../support/time/clock.ts";
import type { LateCode } from "../../support/late_code.ts";
import { untilAborted } from "../../support/promises/until_aborted.ts";
import type { Fault } from "./fault.ts";
import { discardBody, type HttpAnswer, isPlain } from "./http_answer.ts";
import type { TroubleTools } from "../trouble/take_trouble.ts";
import type { Trouble } from "../trouble/trouble.ts";

/** A request that is to be sent. */
export interface HttpRequest {
  /** Where to. Contains the client key, so it is never shown. */
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: { readonly [name: string]: string };
  readonly body: string | null;
  /** The type that the answer has to have. */
  readonly accept: "application/json" | "text/event-stream";
  /** Stops it. */
  readonly signal: AbortSignal;
}

/** What requests are sent with. */
export interface HttpHost {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** What was learned of `fetch`. */
  readonly habits: FetchHabits;
  /** What only an answer needs that is not as it should be. */
  readonly trouble: LateCode<Pick<Trouble, "takeTrouble">>;
}

/** What is learned of a `fetch` while it is used. */
export interface FetchHabits {
  /** Whether it refuses a request with a cache mode, as Cloudflare Workers did until 2025. */
  refusesCache: boolean;
}

/** What one `fetch` came to. */
export type Fetched =
  | { readonly answer: unknown }
  | { readonly error: unknown };

/** What taking an answer that is not as it should be uses of a source. */
const troubleTools: TroubleTools = { discardBody, fetchOnce };

/**
 * Sends a request, and gives the answer once its status is 200, of the right type, or 304. Follows
 * redirects on the same host only, because another one must not see the headers. Anything but a plain
 * answer of the platform's `fetch` is taken by code that is loaded then. Never rejects.
 */
export async function sendRequest(
  host: HttpHost,
  request: HttpRequest,
): Promise<HttpAnswer | Fault> {
  const fetched = await fetchOnce(host, request.url, request);
  if ("answer" in fetched && isPlain(fetched.answer, request.accept)) {
    return fetched.answer;
  }
  try {
    const { takeTrouble } = host.trouble.loaded() ??
      await untilAborted(host.trouble.load(), request.signal);
    return await takeTrouble(host, request, fetched, troubleTools);
  } catch {
    // Without that code nothing more can be said of it.
    if ("answer" in fetched) discardBody(fetched.answer);
    return { cause: "unreachable" };
  }
}

/** Sends a request once. Never rejects. */
export async function fetchOnce(
  { fetch, habits }: HttpHost,
  url: string,
  { method, headers, body, accept, signal }: HttpRequest,
): Promise<Fetched> {
  // The ETag is ours to send; browsers are not to answer from a cache of their own.
  const cache = accept === "application/json" ? "no-cache" : "no-store";
  try {
    const sent = fetch(url, {
      method,
      headers: { accept, ...headers },
      body,
      redirect: "manual",
      signal,
      ...(habits.refusesCache ? {} : { cache }),
    });
    // What answers after all is not left open.
    sent.then((late) => signal.aborted && discardBody(late)).catch(() => {});
    return { answer: await untilAborted(sent, signal) };
  } catch (error) {
    return { error };
  }
}
