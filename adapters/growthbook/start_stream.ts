import type { Endpoint } from "./endpoint.ts";
import { createFailure } from "./http/create_failure.ts";
import type { StreamTools } from "./http/open_stream.ts";
import { readBody } from "./http/read_body.ts";
import { sendRequest } from "./http/send_request.ts";
import { startDeadline } from "./http/start_deadline.ts";
import { longestRetryAfter } from "../support/time/longest_retry_after.ts";
import type { Reception } from "./reception.ts";

/** What a stream uses of a source. */
export const streamTools: StreamTools = {
  createFailure,
  longestRetryAfter,
  readBody,
  sendRequest,
  startDeadline,
};

/** Connects for pushed changes, and hands over what comes of it. Gives what stops that. */
export function startStream(
  endpoint: Endpoint,
  reception: Reception,
): () => void {
  const controller = new AbortController();
  let isStopped = false;
  const request = {
    url: endpoint.streamUrl,
    headers: endpoint.streamingHeaders,
    task: `receive changes from ${endpoint.streamName}`,
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
        !endpoint.link.isRemote;
      if (isPayload) reception.takePushed(data);
      else reception.take({ type: "stream-changed" });
    },
    whenDone: reception.whenDone,
  };
  // What only a stream needs is loaded with the first. Where it can't be, another attempt follows.
  import("./http/open_stream.ts").then(
    ({ openStream }) =>
      openStream(
        endpoint,
        request,
        endpoint,
        controller,
        listener,
        streamTools,
      ),
    () =>
      createFailure("network", request.task, "its code could not be loaded"),
  ).then(
    (failure) => {
      if (isStopped) return;
      reception.take(
        failure === null
          ? { type: "stream-ended" }
          : { type: "stream-failed", failure },
      );
    },
  );
  return () => {
    isStopped = true;
    controller.abort();
  };
}
