import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import type { SourceReport } from "../sources/source_report.ts";
import { attempt } from "../support/attempt.ts";
import { isPage } from "../support/late_code.ts";
import type { Endpoint } from "./endpoint.ts";
import { loadTrouble } from "./http/fault.ts";
import { readBody } from "./http/read_body.ts";
import { sendRequest } from "./http/send_request.ts";
import type { LinkEvent } from "./link/link_state.ts";
import { type LinkTask, runLink } from "./link/run_link.ts";
import { createPayloadStore } from "./payload_store.ts";
import {
  createReception,
  type Reception,
  type ReceptionOutlets,
} from "./reception.ts";
import type { OpenRequest, Refreshing } from "./trouble/refreshing.ts";
import type { RememberedPayload, SourceMemory } from "./source_memory.ts";
import { startRequest } from "./start_request.ts";

/** A source with subscribers. */
export interface RunningSource {
  /** Asks for the current payload; resolves when it was emitted. */
  readonly refresh: () => Promise<void>;
  /**
   * Takes in what happened elsewhere: how the evaluation of a user went. Gives what is reported then; null
   * where nothing is, as after the source was stopped.
   */
  readonly notice: (
    event: LinkEvent & { readonly type: "answered" | "failed" },
  ) => SourceReport | null;
  /** Stops everything. */
  readonly stop: () => void;
}

/** Where a source puts what it has. */
export interface SourceOutlets {
  /** Takes a payload that is new, what could not be read of it, and the answer where there is a key. */
  readonly emit: (
    payload: Payload,
    issues: readonly PayloadIssue[],
    body?: string,
  ) => void;
  /** Takes how the source fares. */
  readonly report: (report: SourceReport) => void;
  /** Takes that the users are to be evaluated again. */
  readonly change: () => void;
  /** Takes that the users whose evaluation failed are to be evaluated again. */
  readonly retry: () => void;
}

/** Starts a source: does what the link decides, and tells the link what comes of it. */
export function runSource(
  endpoint: Endpoint,
  memory: SourceMemory,
  outlets: SourceOutlets,
): RunningSource {
  const store = createPayloadStore(endpoint, memory);
  let request: OpenRequest | null = null;
  let refreshing: Refreshing | null = null;
  let isStopped = false;
  let stopStream = () => {};

  const perform = (task: LinkTask): void => {
    switch (task.type) {
      case "request":
        if (endpoint.remoteEval) return outlets.change();
        request = {
          stop: startRequest(endpoint, memory, reception),
          begunAt: endpoint.time(),
        };
        return;
      case "retry":
        return outlets.retry();
      case "connect":
        stopStream = connect(endpoint, reception);
        return;
      case "fail-stream":
        return reception.takeFault({ cause: "stream-ended" });
      case "report":
        return outlets.report(task.report);
    }
  };
  const link = runLink(endpoint, perform, (event, state) => {
    if (state.request === "none") request = null;
    refreshing?.settle(event, state.request);
  });
  const { dispatch } = link;
  const letGo = () => {
    const open = request;
    request = null;
    if (open !== null) end(open.stop);
  };
  // Few ask for the payload themselves. What they need comes with what trouble needs.
  const refresh = async () => {
    const { createRefreshing } = endpoint.trouble.loaded() ??
      await endpoint.trouble.load();
    if (isStopped) throw new Error("Cannot refresh: the source was stopped");
    const open = () => request;
    refreshing ??= createRefreshing(endpoint, { open, letGo, dispatch });
    await refreshing.refresh();
  };
  // Where there is a key, it may have been encrypted.
  const isOpen = endpoint.decryptionKey === undefined;
  const emit: ReceptionOutlets["emit"] = (payload, issues, body) =>
    outlets.emit(payload, issues, isOpen ? undefined : body);
  const reception = createReception(endpoint, memory, {
    dispatch,
    emit,
    remember: () => store?.save(),
  });
  const begin = (found: RememberedPayload | null) => {
    // What a caller had asked for while the store was read is newer.
    if (isStopped || memory.last !== null) return;
    memory.last = found;
    if (found === null) return dispatch({ type: "started", kept: null });
    const { payload, issues, body, time } = found;
    const { offersStreaming } = memory;
    const age = endpoint.time() - time;
    // First of all that it is not current: a payload without such a report would count as that.
    dispatch({ type: "started", kept: { age, offersStreaming } });
    if (!isStopped) emit(payload, issues, body);
  };

  // Anywhere but in a page it costs nothing to have at hand what trouble needs.
  if (!isPage()) endpoint.trouble.load().catch(() => {});
  const last = keepable(endpoint, memory.last);
  memory.last = null;
  if (last === null && store !== null) void store.load().then(begin);
  else begin(last);

  return {
    refresh,
    notice: (event) => {
      dispatch(event);
      return isStopped ? null : link.state().reported;
    },
    stop: () => {
      isStopped = true;
      link.stop();
      reception.stop();
      letGo();
      end(stopStream);
      refreshing?.stop();
      if (endpoint.kept === 0) memory.last = null;
    },
  };
}

/**
 * Connects for pushed changes; what that takes is loaded with the first. Where it can't be, another attempt
 * follows. Gives what stops it.
 */
function connect(endpoint: Endpoint, reception: Reception): () => void {
  const controller = new AbortController();
  const tools = { loadTrouble, readBody, sendRequest };
  import("./start_stream.ts").then(
    ({ startStream }) => startStream(endpoint, reception, controller, tools),
    () => ({ cause: "stream-code" }) as const,
  ).then((fault) =>
    fault === null
      ? reception.take({ type: "stream-ended" })
      : reception.takeFault(fault)
  );
  return () => controller.abort();
}

// To stop what another request of a Worker began may throw there.
function end(stop: () => void): void {
  attempt(stop, () => {});
}

/** Gives what is remembered, unless it is too old to serve. */
function keepable(
  { time, kept }: Endpoint,
  last: RememberedPayload | null,
): RememberedPayload | null {
  if (last === null) return null;
  return Math.abs(time() - last.time) <= kept ? last : null;
}
