import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadIssue } from "../../../core/types/payload_issue.ts";
import type { SourceReport } from "../../sources/source_report.ts";
import type { ClientStatus } from "../client_status.ts";

/** The state of a client. It is replaced as a whole, and never changed. */
export interface ClientState {
  /** What evaluations read: inputs and definitions together, one object for each state. */
  readonly context: Context<object>;
  /** The last good payload; null before the first. */
  readonly payload: Payload | null;
  /** The attributes whose sticky buckets are being loaded, and have to be waited for. */
  readonly awaitedSticky: readonly string[];
  /** Whether the user's sticky buckets could not be loaded. */
  readonly isStickyFailed: boolean;
  /** Whether the payload is the initial one, of the options. */
  readonly isInitialPayload: boolean;
  /** Whether the server is being asked about the user. */
  readonly awaitsRemote: boolean;
  /** What is wrong with the payload. */
  readonly issues: readonly PayloadIssue[];
  /** The state of the source. */
  readonly report: SourceReport;
  /** Whether the source reports its state. */
  readonly hasReports: boolean;
  /** Why the last payload was refused; null where it was not. */
  readonly refusal: SourceReport | null;
  /** Whether the client was closed. */
  readonly isClosed: boolean;
  /** The state of the client, drawn from the rest. */
  readonly status: ClientStatus;
}
