import type { Observable } from "../support/observable.ts";
import type { Attributes } from "../../core/types/attributes.ts";
import type { JsonValue } from "../../core/types/json.ts";
import type { Payload } from "../../core/types/payload.ts";
import type { PayloadIssue } from "../../core/types/payload_issue.ts";
import type { SourceReport } from "./source_report.ts";

/** A user, as remote evaluation is asked about one. */
export interface RemoteUser {
  /** What is known of the user. */
  readonly attributes: Attributes;
  /** The URL of the page or request. */
  readonly url: string;
  /** Variation indices by experiment key. */
  readonly forcedVariations: { readonly [experimentKey: string]: number };
  /** Values by feature key. */
  readonly forcedFeatureValues: { readonly [featureKey: string]: JsonValue };
}

/** How a source evaluates remotely: the server decides, and only values come back. */
export interface RemoteEvaluation {
  /** The attributes that the server is asked again for when they change; all where absent. */
  readonly cacheKeyAttributes?: readonly string[];
  /**
   * Asks for the payload of a user; `previous` is the answer before, where the user is the same.
   * Rejects where the server can't be asked, with an error that may have the `report` of the failure.
   */
  readonly evaluate: (
    user: RemoteUser,
    signal: AbortSignal,
    previous?: Payload | null,
  ) => Promise<Payload>;
  /** Says that the server's definitions changed, so that it is to be asked again. */
  readonly changes$: Observable<void>;
  /** Says that it is time to ask again about the users whose last question failed. */
  readonly retries$?: Observable<void>;
}

/** A payload that came from a source. */
export interface Arrival {
  /** The payload. */
  readonly payload: Payload;
  /**
   * What could not be read of it, where the source has read it, put it in order and reconciled it with
   * the one before; null where that is still to be done.
   */
  readonly issues: readonly PayloadIssue[] | null;
  /**
   * The answer as it came, where the source decrypts: what is kept elsewhere, so that it stays
   * encrypted there. The source's `readBody` reads it.
   */
  readonly body?: string;
}

/**
 * Where payloads come from. Any observable of payloads is one. It starts when it is subscribed to
 * and stops with the last subscriber; clients that are given the same one share what it shares. What it emits
 * is taken with suspicion: the client parses it, and keeps the last good payload.
 */
export interface PayloadSource extends Observable<Payload> {
  /**
   * The same payloads for readers that would parse them again, with what is known of them. A
   * subscriber to it is a subscriber to the source.
   */
  readonly arrivals$?: Observable<Arrival>;
  /** The state of the source; a source without reports counts as well as long as it emits. */
  readonly reports$?: Observable<SourceReport>;
  /** Asks for the current payload now; resolves when the answer was emitted, rejects on failure. */
  readonly refresh?: () => Promise<void>;
  /**
   * Reads the `body` of an arrival that was kept elsewhere; a source that decrypts has it. Rejects with an
   * `Error` that has the `report` of the failure where it can't be read.
   */
  readonly readBody?: (body: string) => Promise<Arrival>;
  /** Present where payloads are made for each user by the server. */
  readonly remote?: RemoteEvaluation;
}
