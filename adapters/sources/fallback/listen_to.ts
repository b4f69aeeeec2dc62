import type { Observer, Unsubscribable } from "rxjs";
import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import { findRefusal } from "../find_refusal.ts";
import type { Arrival, PayloadSource } from "../payload_source.ts";
import { readPayload } from "../read_payload.ts";
import type { SourceReport } from "../source_report.ts";
import type { KnownSource } from "./choose_source.ts";

/** A source that is listened to. */
export interface ListenedSource {
  /** What is known of it. */
  readonly known: () => KnownSource;
  /** Stops listening. */
  readonly stop: () => void;
}

/**
 * Listens to a source, and calls back when there is something new to know, and with what the source
 * throws when it is left.
 */
export function listenTo(
  source: PayloadSource,
  onChange: () => void,
  onError: (error: unknown) => void,
): ListenedSource {
  let known: KnownSource = {
    payload: null,
    issues: null,
    failure: null,
    report: null,
  };
  let isEnded = false;

  const change = (part: Partial<KnownSource>) => {
    known = { ...known, ...part };
    onChange();
  };
  const hear = (report: SourceReport) => {
    if (isEnded) return;
    if (report.type === "failed") return change({ failure: report });
    // One that failed works again only once it has something; to try again is not enough.
    const isBack = report.type !== "loading" && known.payload !== null;
    change({ report, failure: isBack ? null : known.failure });
  };
  const reports = source.reports$?.subscribe({ next: hear, error: () => {} });
  const take = (payload: Payload, issues: Arrival["issues"]) => {
    if (issues !== null) return change({ payload, issues, failure: null });
    // Without a key this is not a promise.
    const read = readPayload(payload);
    if (read instanceof Promise) return;
    const refusal = findRefusal(read);
    change(
      refusal === null
        ? { payload, issues, failure: null }
        : { failure: fail(refusal.code, refusal.message, read.issues) },
    );
  };
  const { arrivals$ } = source;
  const listen = (observer: Omit<Observer<unknown>, "next">) =>
    arrivals$ === undefined
      ? source.subscribe({
        ...observer,
        next: (payload) => take(payload, null),
      })
      : arrivals$.subscribe({
        ...observer,
        next: ({ payload, issues }) => take(payload, issues),
      });
  const payloads = listen({
    error: () => {
      isEnded = true;
      change({
        failure: fail("source-error", "The source of payloads failed"),
      });
    },
    complete: () => {
      if (known.payload !== null) return;
      isEnded = true;
      const message = "The source of payloads ended without one";
      change({ failure: known.failure ?? fail("source-ended", message) });
    },
  });
  return {
    known: () => known,
    stop: () => {
      leave(payloads, onError);
      if (reports !== undefined) leave(reports, onError);
    },
  };
}

/** Leaves a source, which may throw: that must not keep the others from being left. */
function leave(
  subscription: Unsubscribable,
  onError: (error: unknown) => void,
): void {
  try {
    subscription.unsubscribe();
  } catch (error) {
    onError(error);
  }
}

function fail(
  code: string,
  message: string,
  issues: readonly PayloadIssue[] = [],
): SourceReport & { readonly type: "failed" } {
  return { type: "failed", code, message, issues, retryIn: null };
}
