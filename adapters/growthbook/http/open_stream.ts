import { createParser, type EventSourceMessage } from "eventsource-parser";
import type { LinkFailure } from "../link/link_state.ts";
import { createFailure } from "./create_failure.ts";
import { readBody } from "./read_body.ts";
import {
  type HttpHost,
  type HttpRequest,
  sendRequest,
} from "./send_request.ts";
import { startDeadline } from "./start_deadline.ts";

/** Who listens to a stream of server-sent events. */
export interface StreamListener {
  /** The connection stands. */
  readonly onOpen: () => void;
  /** An event came. */
  readonly onEvent: (event: EventSourceMessage) => void;
  /** Resolves when what came so far is done with; nothing more is read before. */
  readonly whenDone: () => Promise<void>;
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
): Promise<LinkFailure | null> {
  const { signal } = controller;
  const fail = (code: string, reason: string) =>
    createFailure(code, request.task, reason);
  const opening = startDeadline(host.clock, limits.timeout, controller);
  const outcome = await sendRequest(host, {
    ...request,
    method: "GET",
    body: null,
    accept: "text/event-stream",
    signal,
  });
  opening.stop();
  if (opening.hasPassed()) {
    return fail("timeout", `it took longer than ${limits.timeout} ms`);
  }
  if (outcome.kind === "failed") return outcome.failure;
  const { status, body } = outcome.response;
  if (status !== 200) {
    return fail(`http-${status}`, `the answer has the status ${status}`);
  }
  if (signal.aborted) {
    body?.cancel().catch(() => {});
    return fail("network", "it was stopped");
  }
  const silence = startDeadline(host.clock, limits.silence, controller);
  let isTooLarge = false;
  const parser = createParser({
    onEvent: listener.onEvent,
    onError: ({ type }) => {
      // Others are about lines that are to be ignored.
      if (type === "max-buffer-size-exceeded") isTooLarge = true;
    },
    maxBufferSize: limits.maxBytes,
  });
  try {
    listener.onOpen();
    const take = async (text: string) => {
      silence.extend();
      if (!isTooLarge) parser.feed(text);
      if (isTooLarge) controller.abort();
      await listener.whenDone();
      silence.extend();
    };
    const end = await readBody(body, { take, maxBytes: Infinity, signal });
    if (isTooLarge) {
      return fail(
        "too-large",
        `an event is larger than ${limits.maxBytes} characters`,
      );
    }
    if (silence.hasPassed()) {
      return fail("silence", `nothing came for ${limits.silence} ms`);
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
