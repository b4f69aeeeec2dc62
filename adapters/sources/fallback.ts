import { Observable, ReplaySubject, Subscription } from "rxjs";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadSource } from "./payload_source.ts";
import type { SourceReport } from "./source_report.ts";

/**
 * Several sources in order of preference. The first is asked first; the next is asked as well when
 * one before it fails, errors or ends before it gave a payload. A source that gives one takes over
 * from those after it, which are left then: so the preferred one wins as soon as it recovers.
 *
 * It fails when all of them have failed. Without sources it ends at once.
 *
 * @example
 * ```ts
 * import { createClient, fallback, fixed } from "@growthstream/sdk/client";
 * import { throwError } from "rxjs";
 * import { assertEquals } from "@std/assert";
 *
 * const broken = throwError(() => new Error("No network"));
 * const bundled = fixed({ features: { chat: { defaultValue: true } } });
 * const client = createClient({ source: fallback(broken, bundled) });
 * assertEquals(client.isOn("chat"), true);
 * await client.close();
 * ```
 */
export function fallback(
  ...sources: readonly (PayloadSource | Observable<Payload>)[]
): PayloadSource {
  const reports = new ReplaySubject<SourceReport>(1);
  let serving = sources.length;

  const payloads = new Observable<Payload>((subscriber) => {
    const open: (Subscription | undefined)[] = [];
    const failures = new Map<number, SourceReport>();
    serving = sources.length;

    const leave = (from: number) => {
      for (let index = from; index < open.length; index++) {
        open[index]?.unsubscribe();
        open[index] = undefined;
        failures.delete(index);
      }
    };
    const fail = (index: number, report: SourceReport) => {
      if (index > serving) return;
      failures.set(index, report);
      if (index === serving) return reports.next(report);
      if (index + 1 < sources.length && open[index + 1] === undefined) {
        start(index + 1);
      } else if (failures.size === sources.length) reports.next(report);
    };
    const take = (index: number, payload: Payload) => {
      if (index > serving) return;
      serving = index;
      leave(index + 1);
      failures.delete(index);
      if (!hasReports(sources[index]!)) {
        reports.next({ type: "ok", updates: "none" });
      }
      subscriber.next(payload);
    };
    const listen = (index: number, report: SourceReport) => {
      if (report.type === "failed") return fail(index, report);
      failures.delete(index);
      if (
        index <= serving && (index === serving || report.type !== "loading")
      ) {
        reports.next(report);
      }
    };
    const start = (index: number) => {
      const source = sources[index]!;
      const subscription = open[index] = new Subscription();
      let isGiven = false;
      const end = (code: string, message: string) =>
        fail(index, {
          type: "failed",
          code,
          message,
          issues: [],
          retryIn: null,
        });
      subscription.add(
        source.subscribe({
          next: (payload) => {
            isGiven = true;
            take(index, payload);
          },
          error: () => end("source-error", "A source of payloads failed"),
          complete: () => {
            if (isGiven) return;
            end("source-ended", "A source of payloads ended without one");
          },
        }),
      );
      if (subscription.closed || !hasReports(source)) return;
      subscription.add(
        source.reports$?.subscribe((report) => listen(index, report)),
      );
    };

    if (sources.length === 0) subscriber.complete();
    else {
      reports.next({ type: "loading" });
      start(0);
    }
    return () => leave(0);
  });
  return Object.assign(payloads, {
    reports$: reports.asObservable(),
    refresh: async () => {
      const source = sources[Math.min(serving, sources.length - 1)];
      if (source !== undefined && "refresh" in source) await source.refresh?.();
    },
  });
}

function hasReports(
  source: PayloadSource | Observable<Payload>,
): source is PayloadSource {
  return "reports$" in source && source.reports$ !== undefined;
}
