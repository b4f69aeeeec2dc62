import type { ClientState } from "./client_state.ts";
import type { ClientStatus } from "../client_status.ts";

/** Describes the state of a client: what keeps it from answering comes first. */
export function describeStatus(
  state: Omit<ClientState, "status">,
): ClientStatus {
  const { issues } = state;
  const described = describe(state);
  return issues.length === 0 ? described : { ...described, issues };
}

type Description = Omit<ClientStatus, "issues">;

function describe(state: Omit<ClientState, "status">): Description {
  const { payload } = state;
  const report = state.refusal ?? state.report;
  if (state.isClosed) return tell("closed", "closed", "The client was closed");
  if (payload !== null && state.awaitedSticky.length > 0) {
    return tell(
      "initializing",
      "sticky-buckets",
      "The user's sticky buckets are being loaded",
    );
  }
  if (report.type === "failed") {
    const status = payload === null ? "error" : "stale";
    return tell(status, report.code, report.message, report.retryIn);
  }
  if (payload === null) {
    return tell(
      "initializing",
      "loading",
      "The first payload has not come yet",
    );
  }
  if (state.isInitialPayload) {
    return tell(
      "stale",
      "initial-payload",
      "The initial payload serves until the source has one",
    );
  }
  if (state.awaitsRemote) {
    return tell(
      "stale",
      "remote-evaluation",
      "The server is being asked about the user",
    );
  }
  if (report.type === "cached") {
    return tell(
      "stale",
      "cached",
      `The payload was kept ${report.age} ms ago and is being checked`,
    );
  }
  if (state.isStickyFailed) {
    return tell(
      "ready",
      "sticky-buckets-failed",
      "The payload is current, but the user's sticky buckets could not be loaded: sticky bucketing is off",
    );
  }
  return tell("ready", "ok", "The payload is current");
}

function tell(
  status: ClientStatus["status"],
  code: string,
  reason: string,
  retryIn: number | null = null,
): Description {
  return { status, code, reason, retryIn };
}
