import type { ManualClock } from "../support/manual_clock.ts";
import { payloadText, pushed } from "./answers.ts";

/** How a server that isn't real treats those who ask it. */
export const moods = [
  "well",
  "refusing",
  "hanging",
  "failing",
  "html",
  "broken",
  "limiting",
] as const;

/** How a server treats those who ask it; see {@linkcode moods}. */
export type Mood = typeof moods[number];

/** A server in memory, whose time is that of a clock. */
export interface VirtualServer {
  readonly fetch: typeof fetch;
  /** Changes what it publishes, and pushes it. */
  readonly publish: () => void;
  /** Pushes what it publishes once more. */
  readonly repeat: () => void;
  /** Changes what it publishes, and pushes what nobody can read. */
  readonly garble: () => void;
  readonly ping: () => void;
  /** Ends all streams, in good order or not. */
  readonly end: (inGoodOrder: boolean) => void;
  /** Lets all streams that are open go silent for good. */
  readonly freeze: () => void;
  readonly setMood: (mood: Mood) => void;
  /** How long answers are on their way, in milliseconds. */
  readonly setDelay: (milliseconds: number) => void;
  /** The version that it publishes. */
  readonly version: () => number;
  /** The most requests, and streams, that were ever open at a time. */
  readonly peaks: () => { readonly requests: number; readonly streams: number };
  /** How many requests and streams are open. */
  readonly open: () => number;
}

interface Stream {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  isFrozen: boolean;
}

/** Makes a server in memory; `isDated` says whether its payloads have dates. */
export function virtualServer(
  clock: ManualClock,
  isDated: boolean,
): VirtualServer {
  const encoder = new TextEncoder();
  const streams = new Set<Stream>();
  const peaks = { requests: 0, streams: 0 };
  let requests = 0;
  let version = 1;
  let mood: Mood = "well";
  let delay = 0;

  const date = () =>
    isDated ? new Date(version * 1_000).toISOString() : undefined;
  const send = (text: string) => {
    const bytes = encoder.encode(text);
    for (const { controller, isFrozen } of streams) {
      if (isFrozen) continue;
      // Cut anywhere, also inside an event.
      controller.enqueue(bytes.subarray(0, 25));
      controller.enqueue(bytes.subarray(25));
    }
  };
  const answerRequest = (init: RequestInit | undefined): Response => {
    const headers = {
      "content-type": "application/json",
      "x-sse-support": "enabled",
      etag: `"${version}"`,
    };
    const tag = new Headers(init?.headers).get("if-none-match");
    return tag === headers.etag
      ? new Response(null, { status: 304, headers: { etag: headers.etag } })
      : new Response(payloadText(version, date()), { headers });
  };
  const openStream = (signal: AbortSignal): Response => {
    let own: Stream;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = { controller, isFrozen: false };
        streams.add(own);
        peaks.streams = Math.max(peaks.streams, streams.size);
        controller.enqueue(encoder.encode("retry: 10000\n\n"));
        signal.addEventListener("abort", () => {
          if (streams.delete(own)) controller.error(new Error("aborted"));
        });
      },
      cancel: () => void streams.delete(own),
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream" },
    });
  };
  const answer = (
    isStream: boolean,
    init: RequestInit | undefined,
  ): Response | null => {
    switch (mood) {
      case "well":
        return isStream ? openStream(init!.signal!) : answerRequest(init);
      case "refusing":
        throw new TypeError("connection refused");
      case "hanging":
        return null;
      case "failing":
        return new Response("{}", { status: 500 });
      case "html":
        return new Response("<h1>", {
          headers: { "content-type": "text/html" },
        });
      case "broken":
        return new Response("{", {
          headers: { "content-type": "application/json" },
        });
      case "limiting":
        return new Response("{}", {
          status: 429,
          headers: { "retry-after": "40" },
        });
    }
  };
  return {
    fetch: (input, init) =>
      new Promise((resolve, reject) => {
        const isStream = String(input).includes("/sub/");
        if (!isStream) {
          requests++;
          peaks.requests = Math.max(peaks.requests, requests);
        }
        const settle = (finish: () => void) => {
          cancel();
          init?.signal?.removeEventListener("abort", abort);
          if (!isStream) requests--;
          finish();
        };
        const abort = () => settle(() => reject(new Error("aborted")));
        let cancel = () => {};
        init?.signal?.addEventListener("abort", abort);
        try {
          // What is asked is answered as of now, however long the answer takes.
          const response = answer(isStream, init);
          if (response === null) return;
          if (delay === 0 || isStream) settle(() => resolve(response));
          else {cancel = clock.setTimer(
              () => settle(() => resolve(response)),
              delay,
            );}
        } catch (error) {
          settle(() => reject(error));
        }
      }),
    publish: () => {
      version++;
      send(pushed(version, date()));
    },
    repeat: () => send(pushed(version, date())),
    garble: () => {
      version++;
      send("event: features\ndata: {broken\n\n");
    },
    ping: () => send("data:\n\n"),
    end: (inGoodOrder) => {
      for (const { controller } of streams) {
        if (inGoodOrder) controller.close();
        else controller.error(new Error("connection reset"));
      }
      streams.clear();
    },
    freeze: () => {
      for (const stream of streams) stream.isFrozen = true;
    },
    setMood: (next) => {
      mood = next;
    },
    setDelay: (milliseconds) => {
      delay = milliseconds;
    },
    version: () => version,
    peaks: () => peaks,
    open: () => requests + streams.size,
  };
}
