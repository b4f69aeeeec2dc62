import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import type { Verdict } from "./judge_payload.ts";

/** The last good payload of a source, which outlives the times without a subscriber. */
export interface RememberedPayload {
  readonly payload: Payload;
  /** What could not be read of it. */
  readonly issues: readonly PayloadIssue[];
  /** When it was last known to be current, by the time of the endpoint. */
  readonly time: number;
  /** The server's tag of exactly this payload; null where it gave none. */
  readonly etag: string | null;
  /** The answer as it came, possibly encrypted. */
  readonly body: string;
}

/** What a source remembers. */
export interface SourceMemory {
  /** The last good payload; null before the first. */
  last: RememberedPayload | null;
  /** Whether the server said last that it pushes changes. */
  offersStreaming: boolean;
  /** When it was last written to the store, by the time of the endpoint. */
  written: number;
}

/** A payload that came, before it is remembered. */
export type Candidate = Omit<RememberedPayload, "time">;

/** Gives what is remembered once a candidate, laid over what there was, was judged by it. */
export function evolveMemory(
  last: RememberedPayload | null,
  candidate: Candidate,
  verdict: Verdict,
  time: number,
): RememberedPayload {
  if (last === null || verdict === "new") return { ...candidate, time };
  if (verdict !== "same") return last;
  const { payload, etag } = candidate;
  // What is the same keeps its identity, and its tag and date unless there are later ones.
  return {
    ...last,
    payload: payload.dateUpdated === undefined ? last.payload : payload,
    etag: etag ?? last.etag,
    time,
  };
}
