import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import type { Payload } from "../../../core/types/payload.ts";
import { dateDifference } from "../payload_date.ts";
import type { SourceReport } from "../source_report.ts";

/** What is known of a source among others. */
export interface KnownSource {
  /** What it emitted last; null where it emitted nothing that can be used. */
  readonly payload: Payload | null;
  /** What could not be read of it; null where the source has not read it. */
  readonly issues: readonly PayloadIssue[] | null;
  /** The answer as it came, where the source decrypts. */
  readonly body: string | undefined;
  /** Its failure; null where it has none, or came back since. */
  readonly failure: SourceReport & { readonly type: "failed" } | null;
  /** How it says that it fares, apart from failures; null where it says nothing. */
  readonly report: SourceReport | null;
}

/**
 * Chooses the source whose payload serves; null where there is no payload. It is the first that
 * works. One that has failed serves on with what it has, unless a later one that works has something
 * as new or newer by `dateUpdated`: what was built into an application must not displace what the
 * server said last.
 */
export function chooseSource(
  sources: readonly KnownSource[],
  now: number,
): KnownSource | null {
  let chosen: KnownSource | null = null;
  for (const source of sources) {
    if (source.payload === null) continue;
    if (
      chosen === null ||
      dateDifference(source.payload, chosen.payload, now) >= 0
    ) {
      chosen = source;
    }
    if (source.failure === null) break;
  }
  return chosen;
}

/**
 * Combines the states of sources: well where one works, and loading where one may still work. Where what
 * serves is of one that has failed, `chosen`, it tells of that.
 */
export function combineReports(
  sources: readonly KnownSource[],
  chosen: KnownSource | null,
): SourceReport {
  const well = sources.find(({ failure }) => failure === null);
  if (well !== undefined) {
    if (chosen !== null && chosen.failure !== null) return chosen.failure;
    if (well.payload === null) return { type: "loading" };
    // A source without reports is well as long as it emits.
    return well.report ?? { type: "ok", updates: "none" };
  }
  const failures = sources.flatMap(({ failure }) => failure ?? []);
  const [soonest] = failures.toSorted((one, other) =>
    (one.retryIn ?? Infinity) < (other.retryIn ?? Infinity) ? -1 : 1
  );
  return soonest ?? { type: "loading" };
}
