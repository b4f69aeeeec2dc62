import type { Observer, Unsubscribable } from "rxjs";
import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import { systemClock } from "../../support/time/clock.ts";
import { createReader } from "../create_reader.ts";
import { findRefusal } from "../find_refusal.ts";
import type { PayloadSource } from "../payload_source.ts";
import type { SourceReport } from "../source_report.ts";
import { subscribeSafely } from "../subscribe_safely.ts";
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
    body: undefined,
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
  const { arrivals$, reports$ } = source;
  const reports = reports$ &&
    subscribeSafely(reports$, { next: hear, error: () => {} });
  const reader = createReader({
    clock: systemClock,
    payload: () => known.payload,
  });
  let isStarting = true;
  const take = (given: Payload) =>
    void reader.take(given, (read) => {
      const { payload, issues } = read;
      const refusal = findRefusal(read);
      if (refusal !== null) {
        return change({ failure: fail(refusal.code, refusal.message, issues) });
      }
      // What is encrypted is passed on as it is, because the client may have a key.
      change(
        read.refusal === null
          ? { payload, issues, body: undefined, failure: null }
          : { payload: given, issues: null, body: undefined, failure: null },
      );
    }, isStarting);
  const listen = (observer: Omit<Observer<unknown>, "next">) =>
    arrivals$ === undefined
      ? subscribeSafely<Payload>(source, { ...observer, next: take })
      : subscribeSafely(arrivals$, {
        ...observer,
        next: ({ payload, issues, body }) =>
          issues === null
            ? take(payload)
            : change({ payload, issues, body, failure: null }),
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
  isStarting = false;
  return {
    known: () => known,
    stop: () => {
      reader.stop();
      if (payloads !== undefined) leave(payloads, onError);
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
