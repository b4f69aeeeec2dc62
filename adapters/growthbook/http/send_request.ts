import type { Clock } from "../../support/clock.ts";
import type { LinkFailure } from "../link/link_state.ts";
import { createFailure } from "./create_failure.ts";
import { type ForeignAnswer, foreignAnswer } from "./foreign_answer.ts";
import {
  type NetworkFailure,
  networkFailure,
} from "../../support/http/network_failure.ts";
import { readRetryAfter } from "../../support/http/read_retry_after.ts";
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
  /** What was learned of `fetch`. */
  readonly habits: FetchHabits;
}

/** What is learned of a `fetch` while it is used. */
export interface FetchHabits {
  /** Whether it refuses a request with a cache mode, as Cloudflare Workers did until 2025. */
  refusesCache: boolean;
}

/** What comes of a request. */
export type HttpOutcome =
  | { readonly kind: "answered"; readonly response: ForeignAnswer }
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
    if ("reason" in response) return fail(response.code, response.reason);
    const { status } = response;
    if (status === 304) {
      response.discard();
      return { kind: "answered", response };
    }
    if (status === 200) {
      if (isOfType(response, request.accept)) {
        return { kind: "answered", response };
      }
      response.discard();
      return fail(
        "content-type",
        `the answer is not of the type ${request.accept}`,
      );
    }
    response.discard();
    if (!response.isHiddenRedirect && (status < 300 || status > 399)) {
      return fail(
        `http-${status}`,
        `the answer has the status ${status}`,
        readRetryAfter(response.header, host.clock),
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
  host: HttpHost,
  url: string,
  request: HttpRequest,
): Promise<ForeignAnswer | NetworkFailure> {
  const { signal } = request;
  try {
    const sent = call(host, url, request);
    // What answers after all is not left open.
    sent.then(
      (late) => signal.aborted && foreignAnswer(late)?.discard(),
    ).catch(() => {});
    return foreignAnswer(await untilAborted(sent, signal)) ??
      { code: "network", reason: "`fetch` gave no answer" };
  } catch (error) {
    return networkFailure(error, url);
  }
}

/** Calls `fetch`, once more without a cache mode where it can't do with one. */
async function call(
  { fetch, habits }: HttpHost,
  url: string,
  { method, headers, body, accept, signal }: HttpRequest,
): Promise<unknown> {
  const init = {
    method,
    headers: { accept, ...headers },
    ...(body === null ? {} : { body }),
    redirect: "manual",
    signal,
  } as const;
  if (habits.refusesCache) return await fetch(url, init);
  // The ETag is ours to send; browsers are not to answer from a cache of their own.
  const cache = accept === "application/json" ? "no-cache" : "no-store";
  try {
    return await fetch(url, { ...init, cache });
  } catch (error) {
    if (signal.aborted || !isAboutCache(error)) throw error;
    habits.refusesCache = true;
    return await fetch(url, init);
  }
}

/** Tells whether `fetch` says that it knows no cache modes; what it says of the network doesn't. */
function isAboutCache(error: unknown): boolean {
  return error instanceof Error && /\bcache\b/i.test(error.message);
}

function isOfType(response: ForeignAnswer, type: string): boolean {
  const header = response.header("content-type");
  // JSON shows when it is read; a `fetch` without headers doesn't tell of what type anything is.
  if (header === null) {
    return type === "application/json" || !response.hasHeaders;
  }
  const found = header.split(";", 1)[0]!.trim().toLowerCase();
  if (found === type) return true;
  return type === "application/json" &&
    /^application\/[\w.-]+\+json$/.test(found);
}

/** Where a redirect leads, if it may be followed. */
function followRedirect(
  from: string,
  method: "GET" | "POST",
  response: ForeignAnswer,
): string | null {
  const location = response.header("location");
  if (location === null) return null;
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  // The others turn a POST into a GET.
  if (method === "POST" && response.status < 307) return null;
  try {
    const [there, here] = [new URL(location, from), new URL(from)];
    return there.host === here.host && there.protocol === here.protocol
      ? there.href
      : null;
  } catch {
    return null;
  }
}
