import { Observable, Subscriber } from "rxjs";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import { createOutlet } from "../support/create_outlet.ts";
import type { Arrival, PayloadSource } from "./payload_source.ts";
import type { SourceReport } from "./source_report.ts";

/** Where a source puts what it has. */
export interface SourceOutlets {
  /**
   * Takes a payload; with the issues of it where it was read, put in order and reconciled with the one
   * before.
   */
  readonly emit: (
    payload: Payload,
    issues?: readonly PayloadIssue[] | null,
  ) => void;
  /** Takes how the source fares; it is told once. */
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
 * whoever comes later gets at once what the others have. It never ends and never fails by itself. It
 * begins with a report that it is loading, unless `isQuiet` says that `start` reports what it begins
 * with.
 */
export function createSource(
  start: (outlets: SourceOutlets) => RunningSource,
  isQuiet: boolean = false,
): PayloadSource & Required<Pick<PayloadSource, "reports$" | "refresh">> {
  const reports = createOutlet<SourceReport>();
  let report: SourceReport | null = null;
  let running: RunningSource | null = null;

  const tell = (next: SourceReport) => {
    report = next;
    reports.put(next);
  };
  const arrivals$ = shareLast(
    new Observable<Arrival>((subscriber) => {
      if (!isQuiet) tell({ type: "loading" });
      let isOpen = true;
      const started = start({
        emit: (payload, issues = null) => subscriber.next({ payload, issues }),
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
    }),
  );
  const reports$ = new Observable<SourceReport>((subscriber) => {
    if (report !== null) subscriber.next(report);
    return reports.values$.subscribe(subscriber);
  });
  const refresh = () =>
    running?.refresh() ??
      Promise.reject(
        new Error("Cannot refresh: nobody is subscribed to the source"),
      );
  const source = new Observable<Payload>((subscriber) =>
    arrivals$.subscribe({
      next: ({ payload }) => subscriber.next(payload),
      error: (error) => subscriber.error(error),
    })
  );
  return Object.assign(source, { arrivals$, reports$, refresh });
}

/**
 * Shares one subscription among subscribers; a later one gets the last value at once. It is `share` of
 * RxJS with a `ReplaySubject`, without the schedulers and conversions that these bring to each page.
 */
function shareLast<Value>(source: Observable<Value>): Observable<Value> {
  const subscribers = new Set<Subscriber<Value>>();
  let last: { readonly value: Value } | null = null;
  let shared: Subscriber<Value> | null = null;

  const end = () => {
    last = null;
    const ended = shared;
    shared = null;
    ended?.unsubscribe();
  };
  const tell = (action: (subscriber: Subscriber<Value>) => void) =>
    [...subscribers].forEach(action);
  return new Observable((subscriber) => {
    if (last !== null) subscriber.next(last.value);
    subscribers.add(subscriber);
    if (subscribers.size === 1) {
      shared = new Subscriber<Value>({
        next: (value) => {
          last = { value };
          tell((one) => one.next(value));
        },
        error: (error: unknown) => tell((one) => one.error(error)),
        complete: () => tell((one) => one.complete()),
      });
      source.subscribe(shared);
    }
    return () => {
      subscribers.delete(subscriber);
      if (subscribers.size === 0) end();
    };
  });
}
