import type { SourceReport } from "../../../sources/source_report.ts";

/** What a fleet's source knows. All times are those of one clock that never goes back. */
export interface FleetSourceState {
  /** Whether this process has the lease. */
  readonly isHolder: boolean;
  /** Whether it follows the source itself. */
  readonly isFollowing: boolean;
  /** Whether it hears of changes at once. */
  readonly isListening: boolean;
  /** Whether a payload was emitted. */
  readonly hasPayload: boolean;
  /** Whether the source gave a payload since it is followed. */
  readonly hasOwn: boolean;
  /** Whether Redis is still to be told of that. */
  readonly isUnwritten: boolean;
  /** The version in Redis that was emitted or written last; `""` for none. */
  readonly known: string;
  /** How the source that is followed fares; null where none is, or it has said nothing. */
  readonly sourceReport: SourceReport | null;
  /** Since when that fails; null where it does not. */
  readonly failingSince: number | null;
  /** Until when the lease is left to others. */
  readonly abstainUntil: number;
  /** Since when Redis is gone; null where it is there. */
  readonly goneSince: number | null;
  /** What was reported last, as a text. */
  readonly told: string;
}

/** The state at the start. */
export const initialSourceState: FleetSourceState = Object.freeze({
  isHolder: false,
  isFollowing: false,
  isListening: false,
  hasPayload: false,
  hasOwn: false,
  isUnwritten: false,
  known: "",
  sourceReport: null,
  failingSince: null,
  abstainUntil: -Infinity,
  goneSince: null,
  told: "",
});

/** How Redis answers a process that asks what is there. */
export interface Attendance {
  /** Whether the one that asks has the lease. */
  readonly isHolder: boolean;
  /** The version of the payload; `""` where there is none. */
  readonly version: string;
  /** How long ago it was known to be current, in milliseconds; negative where nobody ever knew. */
  readonly age: number;
  /** How the source of the holder fares: `ok`, or a code. */
  readonly health: string;
}

/** What happens to a fleet's source. */
export type FleetSourceInput =
  /** Redis told what is there. */
  | { readonly type: "attended"; readonly answer: Attendance }
  /** What the process takes from the fleet is there: it may say how that fares. */
  | { readonly type: "caught-up"; readonly answer: Attendance }
  /** Redis could not be asked. */
  | { readonly type: "gone" }
  /** The source that is followed gave a payload. */
  | { readonly type: "given" }
  /** The source that is followed told how it fares. */
  | { readonly type: "reported"; readonly report: SourceReport }
  /** A payload of Redis was read and emitted. */
  | { readonly type: "fetched"; readonly version: string }
  /** A payload of Redis was read, and can't be used. */
  | {
    readonly type: "refused";
    readonly version: string;
    readonly report: SourceReport;
  }
  /** What the source gave is on its way to Redis. */
  | { readonly type: "writing" }
  /** Redis answered a write: with the new version, `older`, or `""` to one without the lease. */
  | { readonly type: "written"; readonly answer: string }
  /** A write failed. */
  | { readonly type: "unwritten" }
  /** It hears of changes at once, or does not any more. */
  | { readonly type: "listening"; readonly isListening: boolean };

/** What is to be done, in order. */
export type FleetSourceAction =
  /** Read the payload of Redis, and emit it. */
  | { readonly type: "fetch" }
  /** Begin to follow the source. */
  | { readonly type: "follow" }
  /** Stop following it, and forget what it gave. */
  | { readonly type: "unfollow" }
  /** Write what the source gave to Redis. */
  | { readonly type: "write" }
  /** Give the lease up. */
  | { readonly type: "yield" }
  /** Ask Redis what is there, now. */
  | { readonly type: "ask" }
  /** Report how it fares. */
  | { readonly type: "tell"; readonly report: SourceReport }
  /** Go on with an input, once all before it is done, and none of that failed. */
  | { readonly type: "then"; readonly input: FleetSourceInput };

/** What the decisions depend on. */
export interface FleetSourceSettings {
  /** How long a lease lasts, in milliseconds. */
  readonly lease: number;
  /** How long a source, or Redis, may fail before something is done about it, in milliseconds. */
  readonly patience: number;
}
