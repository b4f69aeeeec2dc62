import { networkFailure } from "../../support/http/network_failure.ts";
import { readRetryAfter } from "../../support/http/read_retry_after.ts";
import type { Fault } from "../http/fault.ts";
import type { discardBody, HttpAnswer } from "../http/http_answer.ts";
import type {
  Fetched,
  fetchOnce,
  HttpHost,
  HttpRequest,
} from "../http/send_request.ts";
import { type ForeignAnswer, foreignAnswer } from "./foreign_answer.ts";

/**
 * What taking an answer that is not as it should be uses of a source. It is handed over: what two chunks of
 * a page import becomes a chunk of its own, which each page would load.
 */
export interface TroubleTools {
  /** Lets go of a body. */
  readonly discardBody: typeof discardBody;
  /** Sends a request once more. */
  readonly fetchOnce: typeof fetchOnce;
}

/** Redirects that are followed. */
const redirectLimit = 5;

/**
 * Takes what a `fetch` came to that is no plain answer: the answer of another `fetch`, a redirect, a
 * refusal, or no answer at all.
 */
export async function takeTrouble(
  host: HttpHost,
  request: HttpRequest,
  first: Fetched,
  tools: TroubleTools,
): Promise<HttpAnswer | Fault> {
  const { accept, method, signal } = request;
  const fail = (
    code: string,
    reason: string,
    retryAfter: number | null = null,
  ): Fault => ({
    cause: "told",
    code,
    reason,
    retryAfter,
  });
  let fetched = first;
  let { url } = request;
  let redirects = 0;
  let hasLearned = false;
  for (;;) {
    if ("error" in fetched) {
      const { error } = fetched;
      if (hasLearned || !isAboutCache(error) || signal.aborted) {
        const { code, reason } = networkFailure(error, url);
        return fail(code, reason);
      }
      // No other request is sent with a cache mode. Those that are on their way learn it each for itself.
      host.habits.refusesCache = hasLearned = true;
      fetched = await tools.fetchOnce(host, url, request);
      continue;
    }
    const response = readAnswer(fetched.answer);
    if (response === null) return fail("network", "`fetch` gave no answer");
    const { status } = response;
    if (status === 200 && isOfType(response, accept)) return response;
    tools.discardBody(fetched.answer);
    if (status === 304) return response;
    if (status === 200) {
      return fail("content-type", `the answer is not of the type ${accept}`);
    }
    if (!response.isHiddenRedirect && (status < 300 || status > 399)) {
      const retryAfter = readRetryAfter(response.headers.get, host.clock);
      const reason = `the answer has the status ${status}`;
      return fail(`http-${status}`, reason, retryAfter);
    }
    const next = followRedirect(url, method, response);
    if (next === null) {
      const reason =
        "it was redirected to another host, or where it can't follow";
      return fail("redirect", reason);
    }
    if (++redirects > redirectLimit) {
      return fail("redirect", "it was redirected again and again");
    }
    url = next;
    fetched = await tools.fetchOnce(host, url, request);
  }
}

// A `fetch` of one's own may give what throws wherever it is touched.
function readAnswer(answer: unknown): ForeignAnswer | null {
  try {
    return foreignAnswer(answer);
  } catch {
    return null;
  }
}

function isAboutCache(error: unknown): boolean {
  return error instanceof Error && /\bcache\b/i.test(error.message);
}

function isOfType(response: ForeignAnswer, type: string): boolean {
  const header = response.headers.get("content-type");
  // JSON shows when it is read; a `fetch` without headers doesn't tell of what type anything is.
  if (header === null) {
    return type === "application/json" || !response.hasHeaders;
  }
  const found = header.split(";", 1)[0]!.trim().toLowerCase();
  if (found === type) return true;
  return type === "application/json" &&
    /^application\/[\w.-]+\+json$/.test(found);
}

function followRedirect(
  from: string,
  method: "GET" | "POST",
  response: ForeignAnswer,
): string | null {
  const location = response.headers.get("location");
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
