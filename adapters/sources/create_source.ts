import { Observable } from "rxjs";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import { createOutlet } from "../support/create_outlet.ts";
import type { Arrival, PayloadSource } from "./payload_source.ts";
import type { SourceReport } from "./source_report.ts";

/** Where a source puts what it has. */
export interface SourceOutlets {
  /**
   * Takes a payload; with the issues of it where it was read, put in order and reconciled with the one
   * before, and the answer as it came, where it may have been encrypted.
   */
  readonly emit: (
    payload: Payload,
    issues?: readonly PayloadIssue[] | null,
    body?: string,
  ) => void;
  /** Takes the state of the source. */
  readonly report: (report: SourceReport) => void;
}

/** A source with subscribers. */
export interface RunningSource {
  /** Asks for the current payload; resolves when it was emitted, rejects on failure. */
  readonly refresh: () => Promise<void>;
  /** Stops everything. */
  readonly stop: () => void;
}

/**
 * Makes a source of what starts with the first subscriber and stops with the last. All share it, and
 * a later subscriber gets at once what the others have. It never ends and never fails by itself. It
 * begins with a report that it is loading, unless `isQuiet` says that `start` reports what it begins
 * with.
 */
export function createSource(
  start: (outlets: SourceOutlets) => RunningSource,
  isQuiet: boolean = false,
): PayloadSource & Required<Pick<PayloadSource, "reports$" | "refresh">> {
  const keepsLast = true;
  const reports = createOutlet<SourceReport>({ keepsLast });
  let running: RunningSource | null = null;

  const run = () => {
    let isOpen = true;
    if (!isQuiet) reports.put({ type: "loading" });
    const started = start({
      emit: (payload, issues = null, body) => {
        if (!isOpen) return;
        arrivals.put(
          body === undefined ? { payload, issues } : { payload, issues, body },
        );
      },
      report: (report) => {
        if (isOpen) reports.put(report);
      },
    });
    running = started;
    return () => {
      isOpen = false;
      running = null;
      reports.forget();
      started.stop();
    };
  };
  const arrivals = createOutlet<Arrival>({ keepsLast, start: run });
  const arrivals$ = arrivals.values$;
  const refresh = () =>
    running?.refresh() ??
      Promise.reject(
        new Error("Cannot refresh: the source has no subscriber"),
      );
  const source = new Observable<Payload>((subscriber) =>
    arrivals$.subscribe({
      next: ({ payload }) => subscriber.next(payload),
      error: (error) => subscriber.error(error),
    })
  );
  return Object.assign(source, {
    arrivals$,
    reports$: reports.values$,
    refresh,
  });
}
