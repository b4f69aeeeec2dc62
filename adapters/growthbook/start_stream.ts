import type { Endpoint } from "./endpoint.ts";
import type { Fault, loadTrouble } from "./http/fault.ts";
import { openStream, type StreamTools } from "./http/open_stream.ts";
import type { Reception } from "./reception.ts";

/** What connecting for pushed changes uses of a source. */
export interface StartTools extends StreamTools {
  /** Loads what a change takes that turns out to be none. */
  readonly loadTrouble: typeof loadTrouble;
}

/**
 * Connects for pushed changes, and hands over what comes of it, until the controller is aborted. Gives null
 * where the server ended that in good order, otherwise what went wrong. Never rejects.
 */
export function startStream(
  endpoint: Endpoint,
  reception: Reception,
  controller: AbortController,
  tools: StartTools,
): Promise<Fault | null> {
  const request = {
    url: endpoint.streams.url("/sub/"),
    headers: endpoint.streamingHeaders,
  };
  const listener = {
    onOpen: () => reception.take({ type: "stream-opened" }),
    onEvent: (
      { event, data }: {
        readonly event?: string | undefined;
        readonly data: string;
      },
    ) => {
      // Pings have neither a name nor data.
      if (event !== "features" && event !== "features-updated") return;
      const isPayload = event === "features" && data !== "" &&
        !endpoint.remoteEval;
      if (isPayload) return reception.takePushed(data);
      // What keeps many changes from being asked about at once is loaded before the first.
      void tools.loadTrouble(endpoint)
        .then(() => reception.take({ type: "stream-changed" }));
    },
    whenDone: reception.whenDone,
  };
  return openStream(endpoint, request, controller, listener, tools);
}
