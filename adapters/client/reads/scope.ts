import type { Context } from "../../../core/types/context.ts";
import type { StickyBucketAssigned } from "../../../core/types/decision_event.ts";
import type { FeatureResult } from "../../../core/types/result.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { ResultMemory } from "./create_result_memory.ts";

/** The user and the definitions that features are evaluated with: the client's own, or those of a view. */
export interface Scope {
  /** What evaluations read at this moment. */
  readonly context: () => Context<object>;
  /** The payload that decides; null before the first. */
  readonly payload: () => Payload | null;
  /** Whether what the user sees is recorded. */
  readonly isTracked: boolean;
  /** Gives what counts while a feature has to wait for the user's sticky buckets; null where it has not. */
  readonly waiting: (key: string) => FeatureResult | null;
  /** Gives what inline experiments are run with while they have to wait; null where they have not. */
  readonly waitingContext: () => Context<object> | null;
  /** Keeps an assignment; false where it adds nothing to what is known by now. */
  readonly assign: (event: StickyBucketAssigned) => boolean;
  /** Gives the object of a result that is equal to the one before. */
  readonly keep: ResultMemory;
  /** What the recorder remembers of it; null at first. Only the recorder reads it. */
  seen: SeenExposures | null;
  /** The features whose result has changed for a subscriber that shows it later, and was not read since. */
  readonly unread?: Set<string>;
}

/** The features whose exposures were recorded, for one context. */
export interface SeenExposures {
  /** The context. The same context has the same exposures. */
  readonly context: Context<object>;
  /** How much the memory of exposures had forgotten by then. */
  readonly forgotten: number;
  /** When to ask that memory again, by the time of the recorder, in milliseconds. */
  readonly until: number;
  /** The keys of the features. */
  readonly keys: Set<string>;
}
