import type { Clock } from "../../support/clock.ts";
import type { LinkFailure } from "../link/link_state.ts";
import { createFailure } from "./create_failure.ts";
import { readRetryAfter } from "./read_retry_after.ts";
import { untilAborted } from "../../support/until_aborted.ts";

/** A request that is to be sent. */
export interface HttpRequest {
  /** Where to. Contains the client key, so it is never shown. */
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: { readonly [name: string]: string };
  readonly body: string | null;
  /** The type that the answer has to have. */
  readonly accept: "application/json" | "text/event-stream";
  /** What it is for, as it is said in errors. */
  readonly task: string;
  /** Stops it. */
  readonly signal: AbortSignal;
}

/** What requests are sent with. */
export interface HttpHost {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** What comes of a request. */
export type HttpOutcome =
  | { readonly kind: "answered"; readonly response: Response }
  | { readonly kind: "failed"; readonly failure: LinkFailure };

const redirectLimit = 5;

/**
 * Sends a request, and gives the answer if it is one that can be read: 200 with the right type, or
 * 304. Follows redirects within the host only, since the headers may hold secrets. Never rejects,
 * and no error of `fetch` gets out, for these may contain the URL.
 */
export async function sendRequest(
  host: HttpHost,
  request: HttpRequest,
): Promise<HttpOutcome> {
  const fail = (
    code: string,
    reason: string,
    retryAfter: number | null = null,
  ) =>
    ({
      kind: "failed",
      failure: createFailure(code, request.task, reason, retryAfter),
    }) as const;
  let url = request.url;
  for (let redirects = 0; redirects <= redirectLimit; redirects++) {
    const response = await send(host, url, request);
    if (response === null) {
      return fail("network", "the server can't be reached");
    }
    const { status } = response;
    if (status === 304) {
      discard(response);
      return { kind: "answered", response };
    }
    if (status === 200) {
      if (isOfType(response, request.accept)) {
        return { kind: "answered", response };
      }
      discard(response);
      return fail(
        "content-type",
        `the answer is not of the type ${request.accept}`,
      );
    }
    discard(response);
    if (response.type !== "opaqueredirect" && (status < 300 || status > 399)) {
      const header = response.headers.get("retry-after");
      const retryAfter = readRetryAfter(header, host.clock.now());
      return fail(
        `http-${status}`,
        `the answer has the status ${status}`,
        retryAfter,
      );
    }
    const next = followRedirect(url, request.method, response);
    if (next === null) {
      return fail(
        "redirect",
        "it was redirected to another host, or where it can't follow",
      );
    }
    url = next;
  }
  return fail("redirect", "it was redirected again and again");
}

async function send(
  { fetch }: HttpHost,
  url: string,
  { method, headers, body, accept, signal }: HttpRequest,
): Promise<Response | null> {
  try {
    const sent = fetch(url, {
      method,
      headers: { accept, ...headers },
      ...(body === null ? {} : { body }),
      redirect: "manual",
      // The ETag is ours to send; browsers are not to answer from a cache of their own.
      cache: accept === "application/json" ? "no-cache" : "no-store",
      signal,
    });
    // What answers after all is not left open.
    sent.then((late) => signal.aborted && discard(late), () => {});
    return await untilAborted(sent, signal);
  } catch {
    return null;
  }
}

/** Lets go of a body that nobody reads, so that its connection is free. */
function discard(response: Response): void {
  response.body?.cancel().catch(() => {});
}

function isOfType(response: Response, type: string): boolean {
  const header = response.headers.get("content-type") ?? "";
  const found = header.split(";", 1)[0]!.trim().toLowerCase();
  if (found === type) return true;
  return type === "application/json" &&
    /^application\/[\w.-]+\+json$/.test(found);
}

/** Where a redirect leads, if it may be followed. */
function followRedirect(
  from: string,
  method: "GET" | "POST",
  response: Response,
): string | null {
  const location = response.headers.get("location");
  if (location === null || !URL.canParse(location, from)) return null;
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  // The others turn a POST into a GET.
  if (method === "POST" && response.status < 307) return null;
  const [there, here] = [new URL(location, from), new URL(from)];
  return there.host === here.host && there.protocol === here.protocol
    ? there.href
    : null;
}
