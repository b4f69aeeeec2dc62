import type { SourceReport } from "../../sources/source_report.ts";

/** What went wrong with a request or with a connection, without secrets. */
export interface LinkFailure {
  /** What went wrong, for programs: `"timeout"`, `"network"`, `"http-503"`, … */
  readonly code: string;
  /** The same for people. */
  readonly message: string;
  /** What is wrong with the payload that came; empty where none did. */
  readonly issues: (SourceReport & { readonly type: "failed" })["issues"];
  /** How long the server wants to be left alone, in milliseconds; null where it didn't say. */
  readonly retryAfter: number | null;
}

/** How the link behaves; all times in milliseconds. */
export interface LinkSettings {
  /** Whether changes may be pushed, where the server offers that. */
  readonly streaming: boolean;
  /** How often to ask where nothing is pushed; null for never. */
  readonly polling: number | null;
  /** Whether the client asks, once for each user, and the link only tells it when. */
  readonly remoteEval: boolean;
  /** How long after its confirmation a payload that was kept counts as current. */
  readonly fresh: number;
}

/** All that decides what a link does next. */
export interface LinkState {
  /** Whether the server said that it pushes changes. */
  readonly offersStreaming: boolean;
  /** Whether a request is under way, and whether it repeats one whose answer was outdated. */
  readonly request: "none" | "first" | "repeat";
  /** Whether to ask again after this request: its answer may be older than a change that was told since. */
  readonly asksAgain: boolean;
  /** How many requests in a row failed. */
  readonly requestFailures: number;
  /** How the connection for pushed changes is: `waiting` until a timer opens it again. */
  readonly stream: "closed" | "waiting" | "opening" | "open";
  /** When the connection was opened. */
  readonly openedAt: number;
  /** Whether the connection that is opening takes the place of one that ended in good order. */
  readonly isRenewal: boolean;
  /** How often such a connection was opened. */
  readonly renewals: number;
  /** How many connections in a row failed, or ended before they were of any use. */
  readonly streamFailures: number;
  /** When connections failed within the last minute, oldest first; at most five. */
  readonly failureTimes: readonly number[];
  /** Whether asking again and again has taken over from a connection that keeps failing. */
  readonly isFallback: boolean;
  /** Whether the payload is known to have been current since the link was started. */
  readonly isConfirmed: boolean;
  /**
   * Whether the server said that something changed: then that is `asked` for, or `waiting` for a
   * timer, because such news kept turning out to be none.
   */
  readonly change: "none" | "asked" | "waiting";
  /** How often in a row that turned out to be nothing. */
  readonly falseChanges: number;
  /** When the server last said that something changed. */
  readonly changedAt: number;
  /** Until when the server wants no requests. */
  readonly quietUntil: number;
  /** What was reported last. */
  readonly reported: SourceReport | null;
}

/** What happens to a link. */
export type LinkEvent =
  | {
    /** It was started. */
    readonly type: "started";
    /** What was kept from earlier: its age, and whether the server pushed changes then. */
    readonly kept:
      | { readonly age: number; readonly offersStreaming: boolean }
      | null;
  }
  | {
    /** A request was answered well. */
    readonly type: "answered";
    /** Whether the server pushes changes; null where the answer didn't tell. */
    readonly offersStreaming: boolean | null;
    /**
     * What it brought: something new, nothing new, something that was overtaken meanwhile, or
     * something that was not there before to compare it with.
     */
    readonly brought: "new" | "same" | "overtaken" | "unknown";
  }
  | {
    /** A request failed. */
    readonly type: "failed";
    readonly failure: LinkFailure;
    /** Whether it is but another sign of the failure before it; one that follows it where absent. */
    readonly isSame?: boolean;
  }
  | {
    /** A caller wants the current payload now. */
    readonly type: "refresh";
  }
  | {
    /** The time of a timer has come. */
    readonly type: "due";
    readonly timer: LinkTimer;
    /** Whether it was set after a failure; not where absent. */
    readonly isRetry?: boolean;
  }
  | {
    /** The connection stands. */
    readonly type: "stream-opened";
  }
  | {
    /** A good payload was pushed. */
    readonly type: "stream-payload";
  }
  | {
    /** The server pushed that something changed, but not what. */
    readonly type: "stream-changed";
  }
  | {
    /** Something was pushed that can't be used. */
    readonly type: "stream-refused";
    readonly failure: LinkFailure;
  }
  | {
    /** The server ended the connection in good order. */
    readonly type: "stream-ended";
  }
  | {
    /** The connection could not be made, or broke. */
    readonly type: "stream-failed";
    readonly failure: LinkFailure;
  };

/** The timers of a link: the next request, and the next connection. */
export type LinkTimer = "request" | "connect";

/** What a link is to do. */
export type LinkAction =
  | {
    /** Ask for the current payload, or have it asked for by all users. Calls off the timer for it. */
    readonly type: "request";
  }
  | {
    /** Have it asked for by the users whose last question failed. */
    readonly type: "retry";
  }
  | {
    /** Connect for pushed changes. Calls off the timer for it. */
    readonly type: "connect";
  }
  | {
    /** Set a timer, in place of one of that name. */
    readonly type: "wait";
    readonly timer: LinkTimer;
    readonly delay: number;
    /** Whether that is because of a failure. */
    readonly isRetry: boolean;
  }
  | {
    /** Call off a timer. */
    readonly type: "cancel";
    readonly timer: LinkTimer;
  }
  | {
    /** Take the connection for one that failed, as the server keeps ending it at once. */
    readonly type: "fail-stream";
  }
  | {
    /** Tell how things are. */
    readonly type: "report";
    readonly report: SourceReport;
  };

/** When something happens, and by what chance. */
export interface LinkMoment {
  /** The time, in milliseconds since some moment. It never goes back. */
  readonly now: number;
  /** A random number from 0 up to but not including 1. */
  readonly chance: number;
}

/** A link before anything has happened. */
export const initialLink: LinkState = {
  offersStreaming: false,
  request: "none",
  asksAgain: false,
  requestFailures: 0,
  stream: "closed",
  openedAt: 0,
  isRenewal: false,
  renewals: 0,
  streamFailures: 0,
  failureTimes: [],
  isFallback: false,
  isConfirmed: false,
  change: "none",
  falseChanges: 0,
  changedAt: 0,
  quietUntil: 0,
  reported: null,
};
