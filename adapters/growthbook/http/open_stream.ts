import { createParser, type EventSourceMessage } from "eventsource-parser";
import type { LinkFailure } from "../link/link_state.ts";
import type { longestRetryAfter } from "../../support/time/longest_retry_after.ts";
import type { createFailure } from "./create_failure.ts";
import { createEventMeter } from "./event_meter.ts";
import type { AnswerBody } from "./http_answer.ts";
import type { readBody } from "./read_body.ts";
import type { HttpHost, HttpRequest, sendRequest } from "./send_request.ts";
import type { startDeadline } from "./start_deadline.ts";

/** The listener to a stream of server-sent events. */
export interface StreamListener {
  /** The connection stands. */
  readonly onOpen: () => void;
  /** An event came. */
  readonly onEvent: (event: EventSourceMessage) => void;
  /** Resolves when what came so far is done with; nothing more is read before. */
  readonly whenDone: () => Promise<void>;
}

/**
 * What a stream uses of a source. It is handed over: what two chunks of a page import becomes a chunk of
 * its own, which each page would load.
 */
export interface StreamTools {
  /** Makes a failure. */
  readonly createFailure: typeof createFailure;
  /** The longest that a server may ask to be left alone, in milliseconds. */
  readonly longestRetryAfter: typeof longestRetryAfter;
  /** Reads what comes. */
  readonly readBody: typeof readBody;
  /** Connects. */
  readonly sendRequest: typeof sendRequest;
  /** Ends what takes too long. */
  readonly startDeadline: typeof startDeadline;
}

/** Bounds of a stream. */
export interface StreamLimits {
  /** How long connecting may take, in milliseconds. */
  readonly timeout: number;
  /** How long nothing may come, in milliseconds. */
  readonly silence: number;
  /** How large an event may be, in characters. */
  readonly maxBytes: number;
}

/**
 * Opens a stream of server-sent events and listens until it ends: null where the server ended it
 * in good order, otherwise what went wrong. Never rejects.
 */
export async function openStream(
  host: HttpHost,
  request: Pick<HttpRequest, "url" | "headers" | "task">,
  limits: StreamLimits,
  controller: AbortController,
  listener: StreamListener,
  tools: StreamTools,
): Promise<LinkFailure | null> {
  const { createFailure, sendRequest, startDeadline } = tools;
  const { signal } = controller;
  const opening = startDeadline(host.clock, limits.timeout, controller);
  try {
    const outcome = await sendRequest(host, {
      ...request,
      method: "GET",
      body: null,
      accept: "text/event-stream",
      signal,
    });
    opening.stop();
    if (opening.hasPassed()) {
      const reason = `it took longer than ${limits.timeout} ms`;
      return createFailure("timeout", request.task, reason);
    }
    if (outcome.kind === "failed") return outcome.failure;
    const { response } = outcome;
    const { status } = response;
    if (status !== 200) {
      const reason = `the answer has the status ${status}`;
      return createFailure(`http-${status}`, request.task, reason);
    }
    if (signal.aborted) {
      response.discard();
      return createFailure("network", request.task, "it was stopped");
    }
    const body = response.open();
    if (body?.isWhole) {
      // Regular requests take over at once, because another attempt would go the same way.
      return createFailure(
        "no-stream",
        request.task,
        "`fetch` gives no answer before its end",
        tools.longestRetryAfter,
      );
    }
    const listening = { listener, body, task: request.task };
    return await listen(host, limits, controller, listening, tools);
  } catch {
    const reason = "the answer can't be read";
    return createFailure("network", request.task, reason);
  } finally {
    opening.stop();
  }
}

/** Listens to a stream that was opened. */
async function listen(
  host: HttpHost,
  { silence: longest, maxBytes }: StreamLimits,
  controller: AbortController,
  { listener, body, task }: {
    readonly listener: StreamListener;
    readonly body: AnswerBody | null;
    readonly task: string;
  },
  { createFailure, readBody, startDeadline }: StreamTools,
): Promise<LinkFailure | null> {
  const { signal } = controller;
  const fail = (code: string, reason: string) =>
    createFailure(code, task, reason);
  const silence = startDeadline(host.clock, longest, controller);
  const isTooLarge = createEventMeter(maxBytes);
  const parser = createParser({ onEvent: listener.onEvent });
  let hasOverflowed = false;
  try {
    listener.onOpen();
    const take = async (text: string) => {
      silence.extend();
      hasOverflowed = isTooLarge(text);
      if (hasOverflowed) return controller.abort();
      parser.feed(text);
      await listener.whenDone();
      silence.extend();
    };
    const end = await readBody(body, { take, maxBytes: Infinity, signal });
    if (hasOverflowed) {
      return fail(
        "too-large",
        `an event is larger than ${maxBytes} characters`,
      );
    }
    if (silence.hasPassed()) {
      return fail("silence", `nothing came for ${longest} ms`);
    }
    if (end === "broken") return fail("network", "the connection broke");
    if (end === "not-utf8") {
      return fail("not-utf8", "it sent what is not UTF-8");
    }
    // A good end may cut an event, and a character of it, which come again with the next request.
    return null;
  } finally {
    silence.stop();
  }
}
