import { type Clock, monotonicTime } from "../../support/time/clock.ts";
import type { ClientHealth } from "../client_health.ts";
import type { ClientState } from "./client_state.ts";
import type { StateKeeper } from "./create_state_keeper.ts";

/** Makes what counts how a client's source fares, and since when its payload has been there. */
export function createHealth(
  { state, early }: Pick<StateKeeper, "state" | "early">,
  clock: Clock,
): () => ClientHealth {
  const time = monotonicTime(clock);
  let before = state();
  // To make a client asks no clock: what it begins with is as old as the first look at it.
  let since: number | null = null;
  let sourceFailures = failureOf(before) === null ? 0 : 1;
  let sourceReconnects = 0;
  let renewals = 0;

  early.add(() => {
    const now = state();
    const [failure, earlier] = [failureOf(now), failureOf(before)];
    if (failure === null) {
      if (earlier !== null) sourceReconnects++;
      const seen = Math.max(renewals, renewalsOf(now));
      sourceReconnects += seen - renewals;
      renewals = seen;
      if (now.payload !== before.payload || now.report !== before.report) {
        since = time();
      }
    } else if (failure !== earlier) sourceFailures++;
    before = now;
  });
  return () => {
    const { payload, status } = state();
    const start = since ??= payload === null ? null : time();
    return {
      status,
      payloadAge: payload === null || start === null ? null : time() - start,
      sourceFailures,
      sourceReconnects,
    };
  };
}

function renewalsOf({ report }: ClientState): number {
  return report.type === "ok" ? report.renewals ?? 0 : 0;
}

function failureOf({ refusal, report }: ClientState): object | null {
  return refusal ?? (report.type === "failed" ? report : null);
}
