import type { Payload } from "../../../core/types/payload.ts";
import type { Arrival, PayloadSource } from "../../sources/payload_source.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import { subscribeSafely } from "../../sources/subscribe_safely.ts";
import type { Observable } from "../../support/observable.ts";

/** A source that is followed. */
export interface Following {
  /** Asks for the current payload now. */
  readonly refresh: () => Promise<void>;
  /** Stops following. */
  readonly stop: () => void;
}

/** What hears of a source that is followed. */
export interface Follower {
  /** Takes a payload. */
  readonly take: (arrival: Arrival) => void;
  /** Takes how the source fares. */
  readonly hear: (report: SourceReport) => void;
}

/** Follows a source, be it one of ours or any observable of payloads. */
export function follow(
  source: PayloadSource | Observable<Payload>,
  { take, hear }: Follower,
): Following {
  const { arrivals$, reports$, refresh } = source as PayloadSource;
  let isOver = false;
  const when = <Value>(action: (value: Value) => void) => (value: Value) => {
    if (!isOver) action(value);
  };
  const reports = reports$ &&
    subscribeSafely(reports$, { next: when(hear), error: () => {} });
  // A source without reports is well as long as it emits.
  const next = (arrival: Arrival) => {
    if (reports$ === undefined) hear({ type: "ok", updates: "none" });
    take(arrival);
  };
  const error = when(() =>
    hear({
      type: "failed",
      code: "source-error",
      message: "The source of payloads failed",
      issues: [],
      retryIn: null,
    })
  );
  const payloads = arrivals$ === undefined
    ? subscribeSafely<Payload>(source, {
      next: when((payload) => next({ payload, issues: null })),
      error,
    })
    : subscribeSafely(arrivals$, { next: when(next), error });
  return {
    refresh: () => refresh?.() ?? Promise.resolve(),
    stop: () => {
      isOver = true;
      payloads?.unsubscribe();
      reports?.unsubscribe();
    },
  };
}
