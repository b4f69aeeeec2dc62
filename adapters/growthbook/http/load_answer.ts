import type { LinkFailure } from "../link/link_state.ts";
import { createFailure } from "./create_failure.ts";
import { readBody } from "./read_body.ts";
import {
  type HttpHost,
  type HttpRequest,
  sendRequest,
} from "./send_request.ts";
import { startDeadline } from "./start_deadline.ts";

/** What comes of asking for JSON. */
export type LoadedAnswer =
  | {
    /** The server gave a text, which is not parsed yet. */
    readonly kind: "loaded";
    readonly body: string;
    readonly etag: string | null;
    /** Whether the server pushes changes. */
    readonly offersStreaming: boolean;
  }
  | {
    /** The server says that what it gave before is current. */
    readonly kind: "unchanged";
    /** Whether the server pushes changes; null where it doesn't say. */
    readonly offersStreaming: true | null;
  }
  | {
    readonly kind: "failed";
    readonly failure: LinkFailure;
  };

/** Bounds of an answer. */
export interface AnswerLimits {
  /** How long it may take, in milliseconds. */
  readonly timeout: number;
  /** How large it may be, in bytes. */
  readonly maxBytes: number;
}

/** Asks for JSON, within a time and a size. Never rejects. */
export async function loadAnswer(
  host: HttpHost,
  request: Omit<HttpRequest, "accept" | "signal">,
  { timeout, maxBytes }: AnswerLimits,
  controller: AbortController,
): Promise<LoadedAnswer> {
  const { signal } = controller;
  const deadline = startDeadline(host.clock, timeout, controller);
  const fail = (code: string, reason: string): LoadedAnswer => ({
    kind: "failed",
    failure: deadline.hasPassed()
      ? createFailure(
        "timeout",
        request.task,
        `it took longer than ${timeout} ms`,
      )
      : createFailure(code, request.task, reason),
  });
  try {
    const accept = "application/json";
    const outcome = await sendRequest(host, { ...request, accept, signal });
    if (outcome.kind === "failed") {
      return deadline.hasPassed() ? fail("timeout", "") : outcome;
    }
    const { response } = outcome;
    const { status, header } = response;
    const offersStreaming = header("x-sse-support") === "enabled";
    if (status === 304) {
      return { kind: "unchanged", offersStreaming: offersStreaming || null };
    }
    let text = "";
    const take = (piece: string) => {
      text += piece;
    };
    const reader = { take, maxBytes, signal };
    switch (await readBody(response.open(), reader)) {
      case "broken":
        return fail("network", "the answer broke off");
      case "too-large":
        return fail("too-large", `the answer is larger than ${maxBytes} bytes`);
      case "cut":
      case "not-utf8":
        return fail("not-json", "the answer is not UTF-8");
      case "ended":
        return {
          kind: "loaded",
          body: text,
          etag: header("etag"),
          offersStreaming,
        };
    }
  } catch {
    // A `fetch` of one's own may give what throws wherever it is touched.
    return fail("network", "the answer can't be read");
  } finally {
    deadline.stop();
  }
}
