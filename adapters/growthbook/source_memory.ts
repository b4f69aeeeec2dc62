import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";

/** The last good payload of a source, which outlives the times without a subscriber. */
export interface RememberedPayload {
  readonly payload: Payload;
  /** What could not be read of it. */
  readonly issues: readonly PayloadIssue[];
  /** When it was last known to be current, by the time of the endpoint. */
  readonly time: number;
  /** The server's tag of exactly this payload; null where it gave none. */
  readonly etag: string | null;
  readonly offersStreaming: boolean;
  /** The answer as it came, possibly encrypted. */
  readonly body: string;
}

/** What a source remembers. */
export interface SourceMemory {
  /** The last good payload; null before the first. */
  last: RememberedPayload | null;
  /** When it was last written to the store, by the time of the endpoint. */
  written: number;
}
