import type { ClientStatus } from "../../client/client_status.ts";

/** What a provider may be, once it was initialized. */
export type ProviderState = "ready" | "stale" | "error";

/** What comes of waiting for a client. */
export type StartOutcome =
  | { readonly kind: "started" }
  | {
    readonly kind: "failed";
    /** Whether trying again is in vain, as with a wrong key. */
    readonly isFatal: boolean;
    /** Why, for people. */
    readonly message: string;
  };

/**
 * The codes of answers that refuse a client key. GrowthBook's own API gives 400 to a key that it does
 * not know.
 */
const refusals = ["http-400", "http-401", "http-403", "http-404", "http-410"];

/** Tells what to say of a client's status; null where it says nothing new. */
export function stateOf(
  { status }: ClientStatus,
  told: ProviderState,
): ProviderState | null {
  switch (status) {
    case "ready":
    case "stale":
    case "error":
      return status === told ? null : status;
    case "closed":
      // It serves what it had, and follows nothing any more.
      return told === "ready" ? "stale" : null;
    case "initializing":
      return null;
  }
}

/** Tells whether a client has something to serve; null where that is still open. */
export function outcomeOf(status: ClientStatus): StartOutcome | null {
  switch (status.status) {
    case "ready":
    case "stale":
      return { kind: "started" };
    case "closed":
      return fail(status, false);
    case "error": {
      const isFatal = isRefused(status);
      return isFatal || status.retryIn === null ? fail(status, isFatal) : null;
    }
    case "initializing":
      return null;
  }
}

/** Tells whether a client's server refuses its key, so that trying again is in vain. */
export function isRefused({ status, code }: ClientStatus): boolean {
  return status === "error" && refusals.includes(code);
}

/** Tells what to make of a client that has had its time. */
export function lateOutcome(
  status: ClientStatus | null,
  timeout: number,
): StartOutcome {
  // There is a payload: what needs no sticky buckets can be served.
  if (status?.code === "sticky-buckets") return { kind: "started" };
  const reason = status?.reason ?? "The client has no status";
  const message = `No payload came within ${timeout} ms: ${reason}`;
  return { kind: "failed", isFatal: false, message };
}

function fail({ reason }: ClientStatus, isFatal: boolean): StartOutcome {
  return { kind: "failed", isFatal, message: reason };
}
