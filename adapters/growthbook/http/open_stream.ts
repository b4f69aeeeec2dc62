import { createParser, type EventSourceMessage } from "eventsource-parser";
import { createEventMeter } from "./event_meter.ts";
import type { Fault } from "./fault.ts";
import type { readBody } from "./read_body.ts";
import type { HttpHost, HttpRequest, sendRequest } from "./send_request.ts";
import { startDeadline } from "./start_deadline.ts";

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
  /** Reads what comes. */
  readonly readBody: typeof readBody;
  /** Connects. */
  readonly sendRequest: typeof sendRequest;
}

/** What connects, and the bounds of a stream. */
export interface StreamHost extends HttpHost {
  /** How many milliseconds have passed since some moment. Never goes back. */
  readonly time: () => number;
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
  host: StreamHost,
  request: Pick<HttpRequest, "url" | "headers">,
  controller: AbortController,
  listener: StreamListener,
  tools: StreamTools,
): Promise<Fault | null> {
  const { signal } = controller;
  let deadline = startDeadline(host, host.timeout, controller);
  let hasOverflowed = false;
  try {
    const response = await tools.sendRequest(host, {
      ...request,
      method: "GET",
      body: null,
      accept: "text/event-stream",
      signal,
    });
    if (deadline.hasPassed()) return { cause: "timeout" };
    if ("cause" in response) return response;
    if (response.status !== 200) return { cause: "unchanged" };
    if (response.isWhole) return { cause: "stream-whole" };
    deadline.stop();
    deadline = startDeadline(host, host.silence, controller);
    listener.onOpen();
    const isTooLarge = createEventMeter(host.maxBytes);
    const parser = createParser({ onEvent: listener.onEvent });
    const take = async (text: string) => {
      deadline.extend();
      hasOverflowed = isTooLarge(text);
      if (hasOverflowed) return controller.abort();
      parser.feed(text);
      await listener.whenDone();
      deadline.extend();
    };
    const reader = { take, maxBytes: Infinity, signal };
    const end = await tools.readBody(response.body, reader);
    if (hasOverflowed) return { cause: "stream-too-large" };
    if (deadline.hasPassed()) return { cause: "stream-silent" };
    // A good end may cut an event, and a character of it, which come again with the next request.
    return end === "ended" || end === "cut" ? null : { cause: `stream-${end}` };
  } catch {
    return { cause: "answer-unreadable" };
  } finally {
    deadline.stop();
  }
}
