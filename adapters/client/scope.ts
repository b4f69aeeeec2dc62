import type { Context } from "../../core/types/context.ts";
import type { StickyBucketAssigned } from "../../core/types/decision_event.ts";
import type { Payload } from "../../core/types/payload.ts";

/** For whom, and with what, features are evaluated: the client's own state, or a user's view of it. */
export interface Scope {
  /** What evaluations read, as things are. */
  readonly context: () => Context<object>;
  /** The payload that the definitions belong to; null before the first. */
  readonly payload: () => Payload | null;
  /** Tells whether a feature has to wait for the user's sticky buckets. */
  readonly awaits: (key: string) => boolean;
  /** Tells whether an inline experiment has to. */
  readonly awaitsExperiments: () => boolean;
  /** Keeps an assignment; false where it adds nothing to what is known by now. */
  readonly assign: (event: StickyBucketAssigned) => boolean;
}
