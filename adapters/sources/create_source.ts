import { Observable, ReplaySubject, share, Subject } from "rxjs";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadSource } from "./payload_source.ts";
import type { SourceReport } from "./source_report.ts";

/** Where a source puts what it has. */
export interface SourceOutlets {
  /** Takes a payload. */
  readonly emit: (payload: Payload) => void;
  /** Takes how the source fares. */
  readonly report: (report: SourceReport) => void;
}

/** A source that somebody is subscribed to. */
export interface RunningSource {
  /** Asks for the current payload; resolves when it was emitted, rejects on failure. */
  readonly refresh: () => Promise<void>;
  /** Stops everything. */
  readonly stop: () => void;
}

/**
 * Makes a source of what starts with the first subscriber and stops with the last. All share it, and
 * whoever comes later gets at once what the others have. It never ends and never fails by itself.
 */
export function createSource(
  start: (outlets: SourceOutlets) => RunningSource,
): PayloadSource {
  const reports = new Subject<SourceReport>();
  let report: SourceReport | null = null;
  let running: RunningSource | null = null;

  const tell = (next: SourceReport) => {
    report = next;
    reports.next(next);
  };
  const payloads = new Observable<Payload>((subscriber) => {
    tell({ type: "loading" });
    let isOpen = true;
    const started = start({
      emit: (payload) => subscriber.next(payload),
      report: (next) => {
        if (isOpen) tell(next);
      },
    });
    running = started;
    return () => {
      isOpen = false;
      running = null;
      report = null;
      started.stop();
    };
  });
  const reports$ = new Observable<SourceReport>((subscriber) => {
    if (report !== null) subscriber.next(report);
    return reports.subscribe(subscriber);
  });
  const refresh = () =>
    running?.refresh() ??
      Promise.reject(
        new Error("Cannot refresh: nobody is subscribed to the source"),
      );
  const source = payloads.pipe(
    share({ connector: () => new ReplaySubject<Payload>(1) }),
  );
  return Object.assign(source, { reports$, refresh });
}
